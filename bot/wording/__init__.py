"""What people read, as data."""
