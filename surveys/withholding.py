"""Why the office withholds a text in somebody's own words: for the office alone, never for readers."""

from enum import StrEnum


class Why(StrEnum):
    """Why a text is withheld."""

    WRITER = "writer"
    CASE = "case"
    INSULT = "insult"
    QUESTION = "question"

    @property
    def words(self) -> str:
        """What is said of a text that is withheld so."""
        return WORDS[self]


WORDS = {
    Why.WRITER: "shows who wrote it",
    Why.CASE: "is about an open case",
    Why.INSULT: "insults somebody",
    Why.QUESTION: "does not answer this question",
}
