"""The manifest of the response table: imports, their Parquet parts, the rows they superseded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("manifest", sa.Column("version", sa.Integer, nullable=False))
    op.execute("INSERT INTO manifest (version) VALUES (0)")
    op.create_table(
        "imports",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("import_id", sa.String, nullable=False, unique=True),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("at", "author", "source", "format", "sha256", "content")
        ),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("rows", "added", "corrected", "unchanged", "posts")
        ),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("undone_at", sa.String),
        sa.Column("undone_by", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "parts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("path", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("month", sa.String, nullable=False),
        sa.Column("import_id", sa.String, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("retired_at", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "superseded",
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("import_id", sa.String, primary_key=True),
        sa.Column("rows", sa.LargeBinary, nullable=False),
    )
