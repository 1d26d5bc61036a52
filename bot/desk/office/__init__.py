"""What administrators do: staff and roles."""
