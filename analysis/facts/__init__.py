"""Rows of the database as frames and responses."""
