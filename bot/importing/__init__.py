"""Import of lists that offices send: people and calendars, read from files, checked and stored."""
