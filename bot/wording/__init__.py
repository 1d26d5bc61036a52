"""The cards and letters that people read, without any sending."""
