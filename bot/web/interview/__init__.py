"""Personal pages: the questionnaire of one person in the browser."""
