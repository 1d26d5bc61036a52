"""Sample lists that come with the program."""
