"""What a report says first, and the facts it draws on."""
