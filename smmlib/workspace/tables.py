"""The tables of state.sqlite and the versions its schema has had."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, UniqueConstraint

SCHEMA_VERSIONS = ("0001",)
"""Revisions of the schema, oldest first; the last is what this smmlib reads and writes."""

METADATA = MetaData()

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("author", String, nullable=False),
    Column("action", String, nullable=False),
    Column("data", Text),
    UniqueConstraint("kind", "id", "number"),
    sqlite_autoincrement=True,
)
"""Every state every record has had; rows are added and never changed. The highest number is today's."""
