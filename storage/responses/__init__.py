"""What was answered, and what the office verified."""
