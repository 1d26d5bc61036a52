"""When people are asked and through which channel: plans, calendars, contacts, dispositions."""
