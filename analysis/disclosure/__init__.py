"""Disclosure control: small groups are hidden, also from subtraction."""
