"""note and acknowledge: something to read, answered by one tap."""

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.questionnaire import Item

READ = "OK"


class Note:
    names: tuple[str, ...] = ("note", "acknowledge")
    shape: Shape | None = Shape.NOTE
    level = Level.NOTHING

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        return READ

    def shown(self, value: str, language: str) -> str:
        return ""
