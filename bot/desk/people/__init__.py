"""What organisers do with people."""
