"""Messages that come in: taken once, handled in order within a conversation, answered."""
