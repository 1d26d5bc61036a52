"""Read the form of one question as a page sends it: the codes chosen, or the text written.

A form sends all its ticks at once, where a chat sends one tap each. Pure.
"""

from collections.abc import Sequence

from surveys.items import type_of
from surveys.items.base import Asked, Misread, Shape
from surveys.items.note import READ
from surveys.items.pick_many import in_order
from surveys.wording import N_, Remark

CHOOSE_ONE = Remark(N_("Please choose one of the answers."))
CHOOSE_ANY = Remark(N_("Please choose at least one of the answers."))
NOT_OFFERED = Remark(N_("That answer is no longer in the list. Please choose again."))
NOT_TOGETHER = N_("You cannot choose “{choice}” together with other answers. Please remove one.")


def read_form(asked: Asked, values: Sequence[str]) -> str | Misread:
    """Return the value a form gives to the question asked, or what is wrong with it."""
    kind = type_of(asked.item.type)
    if kind.shape is Shape.NOTE:
        return READ
    if kind.shape in (Shape.PICK_ONE, Shape.PICK_MANY):
        return _chosen(asked, values, many=kind.shape is Shape.PICK_MANY)
    return kind.read(asked, values[0] if values else "")


def _chosen(asked: Asked, values: Sequence[str], *, many: bool) -> str | Misread:
    """Return the chosen codes among the open choices; an exclusive one must be the only one."""
    open_now = {choice.code: choice for choice in asked.choices}
    if not values:
        return Misread(CHOOSE_ANY if many else CHOOSE_ONE)
    if not open_now.keys() >= set(values) or (len(values) > 1 and not many):
        return Misread(NOT_OFFERED)
    alone = next((open_now[code] for code in values if open_now[code].exclusive), None)
    if alone is not None and len(set(values)) > 1:
        return Misread(Remark(NOT_TOGETHER, {"choice": alone.label}))
    return in_order(asked.choices, values)
