"""The level of people in a viewer's bundle: two classes, each of five people or more in a workshop.

Workshop and level are the key of the bundle: what a reader may know about a person from elsewhere. The
fewest levels are left out that make every class large enough, also the one of people without a level.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

from analysis.disclosure.small_groups import SMALLEST
from analysis.exports.facts import CaseRecord
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Option, Questionnaire

LEVEL = "level"
DESCRIBING = frozenset(("function", "time_in_job"))
"""Items that describe a person too closely beside workshop and level."""
CLASSES: Mapping[str, tuple[str, ...]] = {
    "officer_team": ("officer", "team"),
    "division_director": ("division", "director"),
}
_LIST = "level_in_two_classes"


def in_two_classes(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire whose item about the level has the two classes as options."""
    item = questionnaire.by_name.get(LEVEL)
    if item is None or type_of(item.type).level is not Level.NOMINAL:
        return questionnaire
    options = tuple(_joined(questionnaire, item, name) for name in CLASSES)
    asked = item.model_copy(update={"list_name": _LIST})
    changes = {
        "items": tuple(asked if one is item else one for one in questionnaire.items),
        "choices": {**questionnaire.choices, _LIST: options},
    }
    # A copy would keep the items that were looked up before.
    return Questionnaire.model_construct(**(dict(questionnaire) | changes))


def _joined(questionnaire: Questionnaire, item: Item, name: str) -> Option:
    """Return a class as an option; its label names the levels in it, in each language that has all."""
    found = [one.label for one in questionnaire.options(item) if one.name in CLASSES[name]]
    languages = set(found[0]).intersection(*found[1:]) if found else set()
    label = {code: " / ".join(one[code] for one in found) for code in sorted(languages)}
    return Option(name=name, label=label or {questionnaire.default_language: name})


def class_of(case: CaseRecord) -> str:
    """Return the class of the level that a case tells; '' if it tells none."""
    given = case.answers.get(LEVEL)
    value = given.value if given else ""
    return next((name for name, levels in CLASSES.items() if value in levels), "")


def told_levels(cases: Iterable[CaseRecord]) -> dict[str, str]:
    """Return the classes of level that are told in the cases of one workshop, by code of the case.

    The levels of one wave are told, so that two waves cannot be combined.
    """
    cases = tuple(cases)
    wave = min((case.wave for case in cases if class_of(case)), default="")
    asked = {case.person: case for case in cases if case.wave == wave}
    found = sorted(asked.values(), key=lambda case: case.number)
    members = [[case.code for case in found if class_of(case) == name] for name in CLASSES]
    silent = len(asked) - sum(map(len, members))
    absent = len({case.person for case in cases}) - len(asked)
    cuts = _fewest_left_out(tuple(map(len, members)), silent, absent)
    return {
        code: name
        for name, codes, cut in zip(CLASSES, members, cuts, strict=True)
        for code in codes[cut:]
    }


def with_class(case: CaseRecord, levels: Mapping[str, str]) -> CaseRecord:
    """Return a case with the class of its level in place of the level, or without it."""
    name = levels.get(case.code)
    if name is None:
        answers = {item: given for item, given in case.answers.items() if item != LEVEL}
        return replace(case, answers=answers, left_out=case.left_out | {LEVEL})
    return replace(case, answers={**case.answers, LEVEL: replace(case.answers[LEVEL], value=name)})


def _fewest_left_out(sizes: tuple[int, ...], silent: int, absent: int) -> tuple[int, ...]:
    """Return how many levels of each class are left out.

    `silent` people were asked and told no level, `absent` ones were not asked.
    """
    choices = product(*({*range(min(size, SMALLEST) + 1), size} for size in sizes))
    safe = (cuts for cuts in choices if _safe(sizes, cuts, silent, absent))
    return min(safe, key=lambda cuts: (sum(cuts), cuts))


def _safe(sizes: tuple[int, ...], cuts: tuple[int, ...], silent: int, absent: int) -> bool:
    """Return whether every class is empty or large enough, and no class is told by the missing one.

    A small class that is left out alone is told: who has no level beside the others must be in it.
    """
    left_out = sum(cuts)
    classes = [size - cut for size, cut in zip(sizes, cuts, strict=True)]
    classes += [left_out + silent, left_out + silent + absent]
    told_apart = any(0 < size < SMALLEST for size in sizes) and cuts != sizes
    return all(not size or size >= SMALLEST for size in classes) and (
        not told_apart or left_out >= SMALLEST
    )
