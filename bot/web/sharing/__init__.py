"""The pages behind share links: a report for readers without an account."""
