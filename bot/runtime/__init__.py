"""Transactions, the clock, and a sandbox for reading files."""
