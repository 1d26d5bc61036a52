"""The findings of a report, and the facts it is based on."""
