"""The outgoing side by its parts: opening waves, sending, what became of it, changes of plan."""
