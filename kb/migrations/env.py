"""Run by Alembic: upgrades the connection that `kb.store` hands over."""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel

from kb import conversations_tables, keys_tables, tables  # noqa: F401  (registers the models)
from kb.records import tables as record_tables  # noqa: F401


def _upgrade(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_given = context.config.attributes.get("connection")
if _given is not None:
    _upgrade(_given)
else:  # `alembic -x url=…`, when a migration is written
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).connect() as _made:
        _upgrade(_made)
