"""Outgoing messages: claimed, sent, and settled with their outcome."""
