"""Staff, what they did and what they were told."""
