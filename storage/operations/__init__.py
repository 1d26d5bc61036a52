"""Migration, backup and restore, and the processes that use the database."""
