"""What organisers do with waves."""
