"""Transactions, the clock, and files read in a limited process."""
