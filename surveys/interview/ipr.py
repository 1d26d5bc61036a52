"""The self-assessment on intellectual property rights: nine categories, and the order to work in.

The rule is the regional office's: low numbers first, and parallel work is allowed. There is a warning
about actions on categories 6 to 9 while one of 1 to 3 has nothing in place. Pure: from answers of the
questionnaire IPR to states, an order and sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.wording import ENGLISH, N_, Remark, Words

KEY = "IPR"
CATEGORIES = {
    1: N_("Policy and strategy"),
    2: N_("Organisational structure"),
    3: N_("Legal framework and procedures"),
    4: N_("Cooperation with right holders"),
    5: N_("Cooperation between agencies"),
    6: N_("Targeting"),
    7: N_("Human resource development"),
    8: N_("Sharing information in customs"),
    9: N_("Public awareness"),
}
FOUNDATION = (1, 2, 3)
LATE = (6, 7, 8, 9)
HALVES: Mapping[int, tuple[str, ...]] = {
    1: ("k1_policy", "k1_government"),
    2: ("k2_unit", "k2_tasks"),
    3: ("k3_laws", "k3_procedures"),
    4: ("k4_ways", "k4_outreach"),
    5: ("k5_ways", "k5_dialogue"),
    6: ("k6_indicators", "k6_feedback"),
    7: ("k7_training", "k7_plan"),
    8: ("k8_ways", "k8_information"),
    9: ("k9_activities",),
}
"""The questions of each category."""
NOTHING_THERE = frozenset({"not_yet", "none"})
MIDPOINT = frozenset({"partly", "drafted", "occasion"})
NO_ANSWER = frozenset({"", "dont_know", "no_policy", "no_member"})
"""Answers that say neither that something exists nor that it is missing."""


class State(StrEnum):
    """The state of an administration in a category."""

    IN_PLACE = "in_place"
    STARTED = "started"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


STATES = {
    State.IN_PLACE: N_("in place"),
    State.STARTED: N_("started"),
    State.NOTHING: N_("nothing yet"),
    State.UNKNOWN: N_("not known"),
}


@dataclass(frozen=True)
class Advice:
    """The chosen categories in the advised order, with warnings."""

    order: tuple[int, ...]
    warnings: tuple[Remark, ...] = ()


def states(values: Mapping[str, str]) -> dict[int, State]:
    """Return the state of each category, by its number. `values` are stored answers by item."""
    found = {
        number: _state([values.get(name, "") for name in HALVES[number]]) for number in HALVES
    }
    # A law alone is not in place: it needs procedures and a person in charge.
    eligible = values.get("k3_procedures") != "in_force" or values.get("k2_unit") == "none"
    if found[3] is State.IN_PLACE and eligible:
        found[3] = State.STARTED
    return found


def _state(answers: list[str]) -> State:
    told = [answer for answer in answers if answer not in NO_ANSWER]
    if not told:
        return State.UNKNOWN
    if all(answer in NOTHING_THERE for answer in told):
        return State.NOTHING
    half = any(answer in NOTHING_THERE or answer in MIDPOINT for answer in told)
    whole = len(told) + _without(answers) == len(answers)
    return State.IN_PLACE if whole and not half else State.STARTED


def _without(answers: list[str]) -> int:
    """Return how many questions do not apply, such as the WTO's rules for a non-member."""
    return sum(answer in ("no_policy", "no_member") for answer in answers)


def actions(values: Mapping[str, str]) -> tuple[int, ...]:
    """Return the categories that will be worked on, low numbers first."""
    chosen = values.get("actions", "").split()
    return tuple(number for number in CATEGORIES if f"k{number}" in chosen)


def advise(values: Mapping[str, str], language: str = ENGLISH) -> Advice:
    """Return the chosen categories in the advised order, with warnings in `language`."""
    order, now = actions(values), states(values)
    late = [number for number in order if number in LATE]
    empty = [number for number in FOUNDATION if now[number] is State.NOTHING]
    warnings = []
    if late and empty:
        text = N_("You plan to work on {late}, but nothing is in place yet in {empty}.")
        listed = Words(language).listed
        remark = {"late": listed(map(str, late)), "empty": listed(map(str, empty))}
        warnings.append(Remark(text, remark))
    warnings += _dates_against_order(values, order, now, language)
    if _law_alone(values):
        warnings.append(Remark(LAW_ALONE))
    return Advice(order, tuple(warnings))


def months(values: Mapping[str, str], number: int) -> int | None:
    """Return within how many months a category is to be done; None if no time was given."""
    told = values.get(f"within_k{number}", "").removeprefix("m")
    return int(told) if told.isdigit() else None


def _dates_against_order(
    values: Mapping[str, str], order: tuple[int, ...], now: Mapping[int, State], language: str
) -> list[Remark]:
    """Return a warning if late categories are planned sooner than missing ones of the first three."""
    told = {n: time for n in order if (time := months(values, n)) is not None}
    first = {n: t for n, t in told.items() if n in FOUNDATION and now[n] is not State.IN_PLACE}
    sooner = [n for n in told if n in LATE and any(told[n] < time for time in first.values())]
    if not sooner:
        return []
    waiting = [n for n, time in first.items() if any(told[late] < time for late in sooner)]
    listed = Words(language).listed
    remark = {"late": listed(map(str, sooner)), "early": listed(map(str, waiting))}
    return [Remark(DATES_AGAINST_ORDER, remark)]


DATES_AGAINST_ORDER = N_(
    "By your dates, you work on {late} before {early}. We advise you to start with the lowest numbers."
)


LAW_ALONE = N_("A law alone is not enough. You also need procedures and a unit in charge.")


def _law_alone(values: Mapping[str, str]) -> bool:
    eligible = values.get("k3_procedures") in NOTHING_THERE or values.get("k2_unit") == "none"
    return values.get("k3_laws") in ("yes", "partly") and eligible


def moved(then: Mapping[str, str], now: Mapping[str, str]) -> dict[int, int]:
    """Return by how many steps each category has more (above 0) or less in place than before.

    Categories whose state then or now is not known are left out.
    """
    before, after = states(then), states(now)
    return {
        number: RANK[after[number]] - RANK[before[number]]
        for number in CATEGORIES
        if State.UNKNOWN not in (before[number], after[number])
    }


RANK = {State.NOTHING: 0, State.STARTED: 1, State.IN_PLACE: 2}


def improved(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[int, ...]:
    """Return the categories with more in place than before."""
    return tuple(number for number, steps in moved(then, now).items() if steps > 0)


def lessened(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[int, ...]:
    """Return the categories with less in place than before."""
    return tuple(number for number, steps in moved(then, now).items() if steps < 0)
