"""text: an open answer, stored as typed up to a length."""

import unicodedata

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

MOST_CHARACTERS = 300
"""Default limit of an open answer; `parameters: max` of the item sets another one."""
TOO_LONG = N_("Please send no more than {most} characters. Your text had {length}.")
IN_WORDS = Remark(N_("Please answer in words, or tap Skip."))


class OpenText:
    names: tuple[str, ...] = ("text",)
    shape: Shape | None = Shape.TEXT
    level = Level.WORDS

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        text = "".join(sign for sign in typed if not _invisible(sign)).strip()
        most = int(asked.item.parameters.get("max", MOST_CHARACTERS))
        if not text:
            return Misread(IN_WORDS)
        if len(text) > most:
            return Misread(Remark(TOO_LONG, {"most": str(most), "length": str(len(text))}))
        return text

    def shown(self, value: str, language: str) -> str:
        return value


def _invisible(sign: str) -> bool:
    """Return whether a sign is a control sign or half a sign, which files refuse; new lines stay."""
    return sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cs")
