"""select_one: one option out of a list. Typed numbers, labels and distinct parts of labels count."""

from surveys.items.base import Asked, Choice, Level, Misread, Shape, plain
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

CHOOSE = Remark(N_("Please choose one of the buttons, or type its number."))
SHORTEST_PART = 4
"""Letters needed before a part of a label counts, so that "no" never means "not yet"."""


class PickOne:
    names: tuple[str, ...] = ("select_one",)
    shape: Shape | None = Shape.PICK_ONE
    level = Level.NOMINAL

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        choice = meant(asked.choices, typed)
        return choice.code if choice else Misread(CHOOSE)

    def shown(self, value: str, language: str) -> str:
        return value


def meant(choices: tuple[Choice, ...], typed: str) -> Choice | None:
    """The choice a typed text names: a whole label, its number on screen, or a part of one label."""
    wanted = plain(typed)
    if not wanted:
        return None
    labels = [plain(choice.label) for choice in choices]
    if labels.count(wanted) == 1:
        return choices[labels.index(wanted)]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1]
    if len(wanted) < SHORTEST_PART:
        return None
    holding = [
        c for c, label in zip(choices, labels, strict=True) if f" {wanted} " in f" {label} "
    ]
    return holding[0] if len(holding) == 1 else None
