"""Rows of any list: column names, countries, problems and open questions."""
