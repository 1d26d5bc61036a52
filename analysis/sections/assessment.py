"""A self-assessment of administrations: nine categories, then and now, and the advised order of work.

The rules are in `surveys.interview.ipr`; its words are those that people read in the questionnaire.
Administrations are not ranked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.findings.survey import Survey
from analysis.model import Cell, Section, Table
from analysis.sections.assessment_plans import category, own_plan, plans, plans_of_each
from analysis.sections.tallies import administrations_answered
from surveys.interview.ipr import (
    CATEGORIES,
    STATES,
    advise,
    improved,
    lessened,
    moved,
    states,
)
from surveys.wording import Words

PROFILE = "profile"


def profile(survey: Survey) -> Section:
    """Return in how many administrations each category is in place, and what changed in a year."""
    say = survey.reading.say
    named = sorted(filter(survey.named, survey.found), key=lambda one: _name(survey, one))
    tables = [_profile(survey), _moves(survey), plans(survey)]
    tables += [_by_administration(survey, named), plans_of_each(survey, named)] if named else []
    note = say("Administrations are not ranked.")
    found = tuple(table for table in tables if table is not None)
    return Section("assessment", say("The nine categories"), tables=found, notes=(note,))


def _name(survey: Survey, one: Response) -> str:
    return survey.reading.name_of(one.administration)


def _words(survey: Survey) -> Words:
    return Words(survey.reading.say.language)


def _profile(survey: Survey) -> Table:
    say, words = survey.reading.say, _words(survey)
    found = [states(one.values) for one in survey.found]
    counts = {n: Counter(one[n] for one in found) for n in CATEGORIES}
    columns = (say("Category"), *(words(text) for text in STATES.values()))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (category(survey, n), *(counts[n][state] for state in STATES)) for n in CATEGORIES
    )
    note = administrations_answered(len(found), say)
    return Table("profile", say("What is in place"), columns, rows, note, PROFILE)


def _moves(survey: Survey) -> Table | None:
    """Return in how many administrations more, as much or less is in place than last time."""
    say, earlier = survey.reading.say, _earlier(survey)
    pairs = [(earlier[o.administration], o) for o in survey.found if o.administration in earlier]
    if len(pairs) < SMALLEST:
        return None
    steps = [moved(then.values, now.values) for then, now in pairs]
    columns = (
        say("Category"),
        say("More in place"),
        say("The same"),
        say("Less in place"),
        say("Not known then or now"),
    )
    rows = tuple((category(survey, n), *_counts(n, steps)) for n in CATEGORIES)
    note = say.plural(
        "The same {number} administration then and now. It does not show what caused a change.",
        "The same {number} administrations then and now. It does not show what caused a change.",
        len(pairs),
    )
    return Table("then_and_now", say("Then and now"), columns, rows, note)


def _counts(number: int, steps: Iterable[Mapping[int, int]]) -> tuple[int, int, int, int]:
    told = [one.get(number) for one in steps]
    known = [step for step in told if step is not None]
    more, less = sum(step > 0 for step in known), sum(step < 0 for step in known)
    return more, len(known) - more - less, less, len(told) - len(known)


def _by_administration(survey: Survey, named: list[Response]) -> Table:
    """Return the states of each administration that may be named, in the order of the alphabet."""
    say, words = survey.reading.say, _words(survey)
    rows = tuple(
        (
            _name(survey, one),
            *(words(STATES[state]) for state in states(one.values).values()),
        )
        for one in named
    )
    columns = (say("Administration"), *map(str, CATEGORIES))
    note = say.listed(category(survey, number) for number in CATEGORIES)
    return Table("profiles", say("By administration"), columns, rows, note)


def _earlier(survey: Survey) -> dict[str, Response]:
    """Return the answers of each administration in the wave before, with the same questionnaire.

    What an administration lets these readers see, it says anew each time.
    """
    opened = survey.reading.frames.waves
    same = opened[(opened["questionnaire_key"] == survey.questionnaire.key)]
    keys = [str(key) for key in same.sort_values("opens_on")["key"]]
    before = keys[: keys.index(survey.wave)]
    if not before:
        return {}
    return {one.administration: one for one in survey.seen_in(before[-1])}


# The letter to one administration


def letter(survey: Survey) -> Section:
    """Return the categories of one administration then and now, and its work in the advised order."""
    say, words = survey.reading.say, _words(survey)
    now = max(survey.found, key=lambda one: one.answered_at)
    then = _earlier(survey).get(now.administration)
    columns = (say("Category"), *([say("Then")] if then else []), say("Now"))
    rounds = [states(one.values) for one in (then, now) if one]
    rows = tuple(
        (category(survey, n), *(words(STATES[told[n]]) for told in rounds)) for n in CATEGORIES
    )
    tables = (Table("own_profile", say("What is in place"), columns, rows), own_plan(survey, now))
    notes = (*_changes(survey, then, now), *_warnings(survey, now))
    found = tuple(table for table in tables if table.rows)
    return Section("assessment", say("The nine categories"), tables=found, notes=notes)


def _changes(survey: Survey, then: Response | None, now: Response) -> list[str]:
    if then is None:
        return []
    say = survey.reading.say
    more, less = improved(then.values, now.values), lessened(then.values, now.values)
    told = [
        say("More is in place than last time in: {categories}.", categories=_listed(survey, more))
    ]
    told += [
        say("Less is in place than last time in: {categories}.", categories=_listed(survey, less))
    ]
    return [text for text, numbers in zip(told, (more, less), strict=True) if numbers]


def _listed(survey: Survey, numbers: Iterable[int]) -> str:
    return survey.reading.say.listed(category(survey, number) for number in numbers)


def _warnings(survey: Survey, now: Response) -> list[str]:
    language = survey.reading.say.language
    return [Words(language).remark(one) for one in advise(now.values, language).warnings]
