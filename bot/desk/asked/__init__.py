"""Help that people asked the office for: what is waiting, what is done, and who is told."""
