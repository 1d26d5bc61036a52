"""Calendars of workshops."""
