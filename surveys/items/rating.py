"""range: a scale from `start` to `end` in steps, asked as choices whose codes are the numbers."""

from decimal import Decimal

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.items.pick_one import choose, meant
from surveys.questionnaire import Item


class Rating:
    names: tuple[str, ...] = ("range",)
    shape: Shape | None = Shape.PICK_ONE
    level = Level.ORDINAL

    def choices(self, item: Item) -> tuple[Choice, ...]:
        start, end, step = (
            Decimal(item.parameters.get(name, default))
            for name, default in (("start", "1"), ("end", "5"), ("step", "1"))
        )
        count = int((end - start) / step) + 1
        points = [format((start + step * number).normalize(), "f") for number in range(count)]
        return tuple(Choice(point, point) for point in points)

    def read(self, asked: Asked, typed: str) -> str | Misread:
        choice = meant(asked.choices, typed)
        return choice.code if choice else Misread(choose(asked.choices))

    def shown(self, value: str, language: str) -> str:
        return value
