"""From the texts of an author to a checked questionnaire."""
