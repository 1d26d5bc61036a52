"""Whole reports: of workshops, and of a year."""
