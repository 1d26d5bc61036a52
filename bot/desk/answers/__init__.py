"""Answers from before: tables of earlier surveys are imported into a wave, listed, and taken back."""
