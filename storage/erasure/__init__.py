"""Erase and merge people: the operations that touch all data about a person."""
