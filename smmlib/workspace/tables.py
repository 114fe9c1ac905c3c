"""The tables of state.sqlite and the versions its schema has had."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

SCHEMA_VERSIONS = ("0001", "0002", "0003")
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

MANIFEST = Table("manifest", METADATA, Column("version", Integer, nullable=False))
"""One row: a number that grows with every change of the response store."""

IMPORTS = Table(
    "imports",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("import_id", String, nullable=False, unique=True),
    Column("at", String, nullable=False),
    Column("author", String, nullable=False),
    Column("source", String, nullable=False),
    Column("format", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("content", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("report", Text, nullable=False),
    Column("undone_at", String),
    Column("undone_by", String),
    sqlite_autoincrement=True,
)
"""What was imported when and by whom; an import that was undone stays on the list and says so."""

PARTS = Table(
    "parts",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("path", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("month", String, nullable=False),
    Column("import_id", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("retired_at", String),
    sqlite_autoincrement=True,
)
"""The Parquet files that count, until they are retired. kind: "response" or "posts"; import_id: "" for a
file that compaction made of several imports."""

SUPERSEDED = Table(
    "superseded",
    METADATA,
    Column("part", Integer, primary_key=True),
    Column("import_id", String, primary_key=True),
    Column("rows", LargeBinary, nullable=False),
)
"""Rows of a part that no longer count: a compressed list of row numbers for each import that replaced some.
Rows listed under their own import were undone."""

SIGNOFF_LOG = Table(
    "signoff_log",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("role", String, nullable=False),
    Column("own", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("opens", String),
    Column("closes", String),
    Column("actor", String),
    Column("draft", String),
    Column("account", String),
    Column("text", Text),
    Column("content", Text),
    Column("entered_by", String),
    Column("salts", Text, nullable=False),
    Column("seals", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""Who asked for, gave and refused approvals; rows are added and never changed, but for what is erased on
request: then the word is NULL and its salt is gone, while seal and hash stay. salts, seals: JSON, word to
hexadecimal digits."""
