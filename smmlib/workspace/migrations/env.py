"""Alembic runs a migration in the transaction that `smmlib.workspace.database` opened."""

from __future__ import annotations

from alembic import context

from smmlib.workspace.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
