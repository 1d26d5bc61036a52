"""Lists that offices send: people, calendars, a workshop's own lists; read, checked, saved once."""
