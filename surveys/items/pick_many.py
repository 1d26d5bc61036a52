"""select_multiple: any number of options. Stored as codes separated by spaces, in list order."""

import re
from collections.abc import Iterable

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.items.pick_one import meant, numbered
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

CHOOSE_SOME = Remark(
    N_("Please use the buttons and then Done, or type the numbers, for example: 1, 3.")
)

CHOOSE_BUTTONS = Remark(N_("Please use the buttons and then Done."))
AND = "et|và|และ|和|及|និង|و"
"""The word between the last two numbers of a list, in the languages of the project."""


class PickMany:
    names: tuple[str, ...] = ("select_multiple",)
    shape: Shape | None = Shape.PICK_MANY
    level = Level.SET

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        whole = meant(asked.choices, typed)
        parts = [whole] if whole else [meant(asked.choices, part) for part in _parts(typed)]
        found = [choice for choice in parts if choice]
        codes = {choice.code for choice in found}
        contradicts = len(codes) > 1 and any(choice.exclusive for choice in found)
        if not found or len(found) != len(parts) or contradicts:
            return Misread(choose_some(asked.choices))
        return in_order(asked.choices, codes)

    def shown(self, value: str, language: str) -> str:
        return value


def choose_some(choices: tuple[Choice, ...]) -> Remark:
    """Return the remark for a text that names no choices."""
    return CHOOSE_SOME if numbered(choices) else CHOOSE_BUTTONS


def _parts(typed: str) -> list[str]:
    """Return "1, 3 and 4" or "1 3" in parts: numbers split at spaces, words only at commas."""
    pieces = re.split(rf"[,;\n،؛、，；]|\band\b|&|(?<=\d)\s*(?:{AND})\s*(?=\d)", typed)
    if all(re.fullmatch(r"[\d\s]*", piece) for piece in pieces):
        pieces = " ".join(pieces).split()
    return [piece for piece in pieces if piece.strip()]


def in_order(choices: tuple[Choice, ...], codes: Iterable[str]) -> str:
    """Return codes as a stored value: in the order of the list, separated by spaces."""
    wanted = set(codes)
    return " ".join(choice.code for choice in choices if choice.code in wanted)


def ticked(choices: tuple[Choice, ...], value: str, code: str, on: bool) -> str:
    """Return the value after a box was ticked or unticked.

    Ticking an exclusive option ("none yet") clears the others; ticking another clears it. Ticking
    what is ticked changes nothing, so a tap that arrives twice is harmless.
    """
    codes = set(value.split())
    exclusive = {choice.code for choice in choices if choice.exclusive}
    if not on:
        codes.discard(code)
    elif code in exclusive:
        codes = {code}
    else:
        codes = (codes - exclusive) | {code}
    return in_order(choices, codes)
