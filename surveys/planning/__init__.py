"""Who is asked when and through what: plans, calendars, contacts, dispositions."""
