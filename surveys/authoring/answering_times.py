"""How long the questions of a questionnaire take, by how they are answered."""

from collections.abc import Iterable

from surveys.items import BY_NAME
from surveys.items.base import Level, Shape
from surveys.items.open_text import MOST_CHARACTERS
from surveys.questionnaire import Item, Questionnaire

SECONDS = {
    Shape.PICK_ONE: 10,
    Shape.NOTE: 10,
    Shape.PICK_MANY: 15,
    Shape.NUMBER: 15,
    Shape.FILE: 45,
}
SECONDS_OF_DAY, SECONDS_OF_LINE, SECONDS_OF_TEXT = 15, 30, 45
ONE_LINE = 200
"""A text of at most so many characters is a line, such as a title or a name."""
OTHER = "_other"
"""What is added to the name of a question by the text that says what "other" is."""


def seconds_of(questionnaire: Questionnaire, names: Iterable[str]) -> int:
    """Return how long it takes to answer some items, in seconds."""
    return sum(_seconds(questionnaire, questionnaire.by_name[name]) for name in names)


def in_minutes(seconds: int) -> str:
    """Return seconds as minutes and seconds, such as 4:25."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _seconds(questionnaire: Questionnaire, item: Item) -> int:
    kind = BY_NAME[item.type]
    if kind.level is Level.DAY:
        return SECONDS_OF_DAY
    if kind.shape is not Shape.TEXT:
        return SECONDS[kind.shape] if kind.shape else 0
    return SECONDS_OF_LINE if _is_line(questionnaire, item) else SECONDS_OF_TEXT


def _is_line(questionnaire: Questionnaire, item: Item) -> bool:
    asked = questionnaire.by_name.get(item.name.removesuffix(OTHER))
    says_other = asked is not item and asked is not None
    return says_other or int(item.parameters.get("max", MOST_CHARACTERS)) <= ONE_LINE
