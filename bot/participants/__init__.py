"""What participants do, in chat and on the page: join, consent, answer, see and delete their data."""
