"""Answers that people gave elsewhere: tables of other survey tools become answers to our questions."""
