"""integer and decimal: a number typed as text, in the digits of any script."""

import re

from surveys.items.base import Asked, Choice, Level, Misread, Shape, latin_digits, visible
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

WHOLE = Remark(N_("Please send a whole number, for example 12."))
DECIMAL = Remark(N_("Please send a number, for example 12 or 1.5."))
MOST_DIGITS = 15
SIGNS = str.maketrans("\u2212－＋，．\u066b", "--+,..")
"""The typographic minus, full-width signs and the Arabic decimal sign."""


class Number:
    names: tuple[str, ...] = ("integer", "decimal")
    shape: Shape | None = Shape.NUMBER
    level = Level.QUANTITY

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        whole = asked.item.type == "integer"
        text = latin_digits(visible(typed).strip()).translate(SIGNS)
        # The Arabic sign for thousands has no other meaning.
        text = re.sub(r"(?<=\d)\u066c(?=\d{3}(?!\d))", "", text)
        pattern = r"[+-]?\d+" if whole else r"[+-]?\d+([.,]\d+)?"
        if not re.fullmatch(pattern, text) or len(text) > MOST_DIGITS:
            return Misread(WHOLE if whole else DECIMAL)
        # "1,500" is 1.5 to some people and 1500 to others: the question is asked again.
        if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
            return Misread(DECIMAL)
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.lstrip("+"))
        units, point, rest = digits.replace(",", ".").partition(".")
        number = f"{int(units)}{point}{rest}"
        return number if not sign or not float(number) else sign + number

    def shown(self, value: str, language: str) -> str:
        return value
