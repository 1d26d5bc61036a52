"""Reports, their status, and what was verified."""
