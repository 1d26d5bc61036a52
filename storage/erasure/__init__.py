"""Erasing and merging people: what touches everything about a person."""
