"""Calendars of workshops, from tables and .ics files, as workshops."""
