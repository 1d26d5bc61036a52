"""Small groups: hide them so that nothing can be found by subtraction.

A group is a set of people whose answers or states would be told apart. An administration is named
only with permission; permission takes the place of hiding for facts about the administration.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.facts.responses import Response
from surveys.wording import N_

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 5
"""The smallest group of people whose count is shown."""

HIDDEN = N_("not shown")
"""One neutral text for every hidden cell, whether it counts nobody or a few people."""

PROTECTED = N_("Not shown: too few answers, or a small group to protect.")
"""What readers outside read in place of a table, whether it is small or would tell of a small one."""


def shown(counts: Sequence[int], smallest: int = SMALLEST) -> tuple[int | None, ...]:
    """Return one column of counts with small ones hidden (None), safe beside its total.

    Zero is hidden too, so that an empty group and a small one look the same. Hidden cells must hold
    `smallest` people together and be at least two, or the next smallest is hidden as well; so a total
    minus the shown cells never reveals a small group.
    """
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    hidden = [place for place in order if counts[place] < smallest]
    for place in order[len(hidden) :]:
        together = sum(counts[p] for p in hidden)
        if not hidden or (len(hidden) > 1 and together >= smallest):
            break
        hidden.append(place)
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def named(people: Mapping[str, int], allowed: Iterable[str]) -> frozenset[str]:
    """Return which administrations are named, so that the row of all others reveals nobody.

    `people` are those who attended, by administration. The others must be two administrations and
    `SMALLEST` people, or the smallest of those that may be named joins them.
    """
    chosen = sorted(set(allowed) & set(people), key=lambda code: (-people[code], code))
    others = [code for code in people if code not in chosen]
    while others and chosen and (len(others) < 2 or sum(people[c] for c in others) < SMALLEST):
        others.append(chosen.pop())
    return frozenset(chosen)


def nameable(found: Iterable[Response]) -> frozenset[str]:
    """Return the administrations that may be named: everybody who answered from there permits it.

    Every participant must have agreed before the workshop, and the contact point, if it has answered,
    must permit it too. A participant who did not agree then and answers later has not agreed.
    """
    permission: dict[str, bool] = {}
    wishes: dict[int, bool] = {}
    places: dict[int, str] = {}
    for response in found:
        where = response.administration
        if response.wave == "NCP12" and "permission" in response.values:
            yes = response.values["permission"] == "yes"
            permission[where] = yes and permission.get(where, True)
        if response.role == "participant":
            places[response.enrolment_id] = where
            if "attribution" in response.values:
                wishes[response.enrolment_id] = response.values["attribution"] == "yes"
    agreed: dict[str, bool] = {}
    for enrolment, where in places.items():
        agreed[where] = wishes.get(enrolment, False) and agreed.get(where, True)
    return frozenset(where for where, yes in agreed.items() if yes and permission.get(where, True))


def open_to_own(enrolments: "pd.DataFrame", found: Iterable[Response]) -> frozenset[str]:
    """Return the administrations that may see their officers' answers: every one of them allows it."""
    found = tuple(found)
    wishes: dict[int, str] = {}
    for response in sorted(found, key=lambda one: one.answered_at):
        if "may_see" in response.values or "may_see" in response.skipped:
            # It is asked each time, and passing it over is a no.
            wishes[response.enrolment_id] = response.values.get("may_see", "no")
    attended = enrolments[enrolments["role"] == "participant"]
    strangers = {one.administration for one in found if not one.linked}
    members = attended.groupby("administration_code")["id"]
    return frozenset(
        str(code)
        for code, numbers in members
        if code not in strangers and all(wishes.get(int(number)) == "yes" for number in numbers)
    )
