"""Administrations in a wave of contact points, in place of the people who answer for them."""

from collections.abc import Iterable

from analysis.measures.wave_rows import CaseRow, PersonRow
from surveys.planning.dispositions import how_far


def of_places(people: Iterable[PersonRow]) -> list[PersonRow]:
    """Return one enrolment of each administration in each workshop, and all of none that is known."""
    found: dict[tuple[str, str], PersonRow] = {}
    for one in people:
        found.setdefault((one.workshop, one.administration or str(one.enrolment)), one)
    return [*found.values()]


def furthest(due: Iterable[CaseRow]) -> list[CaseRow]:
    """Return the case of each administration in each workshop that has come furthest."""
    found: dict[tuple[str, str], CaseRow] = {}
    for number, one in enumerate(due):
        unit = one.workshop, one.administration or str(number)
        before = found.setdefault(unit, one)
        if how_far(one.outcome, one.standing) > how_far(before.outcome, before.standing):
            found[unit] = one
    return [*found.values()]
