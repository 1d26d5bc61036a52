"""The pages of the desk, a module each. Each has its rows of the table of addresses."""
