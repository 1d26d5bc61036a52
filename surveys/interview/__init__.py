"""Interviews: answering one questionnaire, with its route, questions, moves and forms."""
