"""The sample calendar of the demo, as package data."""
