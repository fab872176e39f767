"""Alembic migrations of the tables, run by `kb.store` when a store is opened."""
