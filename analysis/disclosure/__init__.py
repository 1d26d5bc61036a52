"""What may leave the office: small groups, also by subtraction."""
