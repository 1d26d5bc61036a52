"""What organisers do with workshops and programmes."""
