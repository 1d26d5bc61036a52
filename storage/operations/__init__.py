"""Upgrades, copies, and the processes that work on the database."""
