"""The configuration, the office and the logs."""
