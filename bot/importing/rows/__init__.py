"""Rows of any list, with their problems and open questions."""
