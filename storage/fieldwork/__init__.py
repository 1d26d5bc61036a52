"""Workshops, waves, cases and contact attempts."""
