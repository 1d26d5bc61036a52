"""What the office has to do today, what leaves next, what comes, and what was done lately."""
