"""Which administrations may have rows of their own beside what is told of all together."""

from collections.abc import Collection, Mapping

from analysis.disclosure.crowds import Person, by_place, choosing, stands
from analysis.disclosure.protection import found_beside
from analysis.disclosure.question import Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.findings.published import Told


def nameable_beside(told: Told, allowed: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return which administrations may have rows of their own beside the rows of all together.

    `allowed` are those that agree to be named, by set; all units of one are named. What is left of each
    row of every set without the named ones must rest on enough people by itself, also for an
    administration that takes its own people away. Else the largest of them joins the others, and so on.
    """
    question = told.question
    units = {key: by_place(crowd) for key, crowd in question.crowds.items()}
    chosen = {place for key in told.tables for place in allowed[key] if place in units[key]}
    for key in told.tables:
        beside, there = Told(question, key, told.tables), units[key]
        while here := chosen & there.keys():
            if _others_stand(beside, {unit for place in here for unit in there[place]}):
                break
            chosen.remove(max(sorted(here), key=lambda place: _size(beside, there[place])))
    if not chosen or found_beside(question, told.tables, chosen):
        return frozenset()
    return frozenset(chosen & {*allowed[told.key]} & units[told.key].keys())


def _size(told: Told, units: Collection[int | str]) -> int:
    return len(frozenset[Person]().union(*(told.crowd[unit].asked for unit in units)))


def _others_stand(told: Told, named: Collection[int | str]) -> bool:
    if any(row.telling is not Telling.COUNT for row in told.rows):
        return False
    others = {code: one for code, one in told.crowd.items() if code not in named}
    places = told.question.places_of(told.key)
    for row in told.rows:
        inside = [one.asked for one in choosing(others, row.codes)]
        if not stands(frozenset[Person]().union(*inside), places):
            return False
        rests = (frozenset[Person]().union(*(o for o in inside if o is not one)) for one in inside)
        if any(0 < len(rest) < SMALLEST for rest in rests):
            return False
    return True
