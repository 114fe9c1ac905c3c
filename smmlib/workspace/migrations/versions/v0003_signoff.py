"""The sign-off log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "signoff_log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("at", "action", "role")),
        sa.Column("own", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        *(sa.Column(name, sa.String) for name in ("opens", "closes", "actor", "draft", "account")),
        sa.Column("text", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("entered_by", sa.String),
        sa.Column("salts", sa.Text, nullable=False),
        sa.Column("seals", sa.Text, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("signoff_log_by_draft", "signoff_log", ["draft", "number"])
