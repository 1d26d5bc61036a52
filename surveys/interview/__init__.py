"""One questionnaire answered: routes, questions, moves, forms."""
