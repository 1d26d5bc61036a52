"""calculate and hidden: values that nobody is asked for, computed from answers each time."""

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.items.pick_one import CHOOSE
from surveys.questionnaire import Item


class Calculate:
    names: tuple[str, ...] = ("calculate", "hidden")
    shape: Shape | None = None
    level = Level.NOTHING

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        return Misread(CHOOSE)

    def shown(self, value: str, language: str) -> str:
        return value
