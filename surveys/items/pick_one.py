"""select_one: one option out of a list. Typed numbers, labels and distinct parts of labels count."""

import re
import unicodedata

from surveys.items.base import Asked, Choice, Level, Misread, Shape, plain, unspaced
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

CHOOSE = Remark(N_("Please choose one of the buttons, or type its number."))
CHOOSE_BUTTON = Remark(N_("Please choose one of the buttons."))
SHORTEST_BEGINNING = 2
"""Letters needed from the first words of a label: "yes" for "Yes, they may"."""
SHORTEST_PART = 4
"""Letters needed from words in the middle of a label, where short ones are ambiguous."""
MOST_FIGURES = 3
_FIGURE = re.compile(r"\d")


class PickOne:
    names: tuple[str, ...] = ("select_one",)
    shape: Shape | None = Shape.PICK_ONE
    level = Level.NOMINAL

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        choice = meant(asked.choices, typed)
        return choice.code if choice else Misread(choose(asked.choices))

    def shown(self, value: str, language: str) -> str:
        return value


def numbered(choices: tuple[Choice, ...]) -> bool:
    """Return whether choices have numbers on screen.

    Not where labels contain figures: "5" could mean the label "1 to 5" or the fifth choice.
    """
    return not any(_FIGURE.search(choice.label) for choice in choices)


def choose(choices: tuple[Choice, ...]) -> Remark:
    """Return the remark for a text that names no choice."""
    return CHOOSE if numbered(choices) else CHOOSE_BUTTON


def meant(choices: tuple[Choice, ...], typed: str) -> Choice | None:
    """Return the choice a typed text names: a whole label, its number, or a part of one label."""
    wanted = plain(typed)
    if not wanted:
        return None
    labels = [plain(choice.label) for choice in choices]
    same = [n for n, label in enumerate(labels) if label == wanted]
    same = same or [n for n, label in enumerate(labels) if _tight(label) == _tight(wanted)]
    if len(same) == 1:
        return choices[same[0]]
    if numbered(choices):
        on_screen = [f"{number} {label}" for number, label in enumerate(labels, 1)]
        if wanted in on_screen:
            return choices[on_screen.index(wanted)]
        if wanted.isdecimal() and len(wanted) <= MOST_FIGURES:
            number = int(wanted)
            return choices[number - 1] if 1 <= number <= len(choices) else None
    number_of = _by_part(labels, wanted)
    return choices[number_of] if number_of is not None else None


def _by_part(labels: list[str], wanted: str) -> int | None:
    """Return the one label with these words in it, or the plain one of labels that only add to it."""
    found: list[int] = []
    if len(wanted) >= SHORTEST_BEGINNING:
        found = [n for n, label in enumerate(labels) if _begins(label, wanted)]
    # Without spaces a word has no visible start: "sure" would be found in "notsure".
    if not found and not unspaced(wanted) and (len(wanted) >= SHORTEST_PART or wanted.isdecimal()):
        found = [n for n, label in enumerate(labels) if f" {wanted} " in f" {label} "]
    if not found:
        return None
    plainest = min(found, key=lambda n: len(labels[n]))
    return plainest if all(labels[plainest] in labels[n] for n in found) else None


def _begins(label: str, wanted: str) -> bool:
    """Return whether a label begins with whole words, or with letters where words have no spaces."""
    rest = label.removeprefix(wanted)
    if len(rest) == len(label) or not unspaced(wanted):
        return label.startswith(f"{wanted} ")
    return bool(rest) and not unicodedata.category(rest[0]).startswith("M")


def _tight(text: str) -> str:
    """Return a text without spaces, which writers of some scripts put anywhere."""
    return text.replace(" ", "")
