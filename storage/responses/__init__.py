"""Deleting answers, and what the office says of them."""
