"""Questionnaires, their lists and drafts."""
