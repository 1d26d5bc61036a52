"""From the texts of an author to a questionnaire that is checked."""
