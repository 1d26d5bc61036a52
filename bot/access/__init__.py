"""Codes and personal links: how people get in."""
