"""Persistence: SQLAlchemy Core tables, and plain functions that run inside one transaction."""
