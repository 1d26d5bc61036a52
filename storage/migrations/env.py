"""Alembic's entry point: run the revisions on the given connection.

Each revision is a transaction, so that no table stays locked while the others are changed. A
connection that is in a transaction already keeps all of them in it.
"""

from alembic import context

from storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
