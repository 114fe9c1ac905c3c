"""The steps from one schema of state.sqlite to the next, for Alembic."""
