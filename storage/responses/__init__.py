"""Deleting answers, and what the office verified."""
