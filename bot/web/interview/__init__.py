"""Personal pages: a questionnaire in the browser."""
