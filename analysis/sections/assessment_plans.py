"""What administrations plan after a self-assessment: which categories, and by when."""

from collections import Counter

from analysis.facts.responses import Response
from analysis.findings.survey import Survey
from analysis.model import Cell, Table
from analysis.sections.survey_words import in_words
from analysis.sections.tallies import administrations_answered
from surveys.interview.ipr import CATEGORIES, KEY, actions
from surveys.wording import Words

UNIT, TIME = "owner", "within"
"""The questions that are asked about each category that is planned."""


def is_assessment(survey: Survey) -> bool:
    """Return whether a survey is the self-assessment of nine categories."""
    return survey.questionnaire.key == KEY


def category(survey: Survey, number: int) -> str:
    """Return a category with its number, in the words that people read."""
    return f"{number} {Words(survey.reading.say.language)(CATEGORIES[number])}"


def of_plans(survey: Survey) -> frozenset[str]:
    """Return the questions about what is planned, which have tables of their own."""
    if not is_assessment(survey):
        return frozenset()
    return frozenset(f"{name}_k{number}" for name in (UNIT, TIME) for number in CATEGORIES)


def plans(survey: Survey) -> Table | None:
    """Return how many administrations plan to work on each category, and by when."""
    say, times = survey.reading.say, _times(survey)
    found = [one for one in survey.found if "actions" in one.values]
    if len(found) < survey.smallest(found):
        return None
    columns = (say("Category"), say("Administrations"), *times.values(), say("No date"))
    rows = tuple((category(survey, n), *_planned(n, found, times)) for n in CATEGORIES)
    note = administrations_answered(len(found), say)
    return Table("plans", say("What is planned, and by when"), columns, rows, note)


def _times(survey: Survey) -> dict[str, str]:
    """Return the times that can be chosen, by their codes; none where no time is asked for."""
    asked, language = survey.questionnaire, survey.reading.say.language
    items = (item for item in asked.items if item.name.startswith(f"{TIME}_k"))
    options = asked.options(item) if (item := next(items, None)) else ()
    return {one.name: asked.text(one.label, language) for one in options}


def _planned(number: int, found: list[Response], times: dict[str, str]) -> tuple[Cell, ...]:
    here = [one for one in found if number in actions(one.values)]
    counts = Counter(one.values.get(f"{TIME}_k{number}", "") for one in here)
    told = [counts[code] for code in times]
    return (len(here), *told, len(here) - sum(told))


def plans_of_each(survey: Survey, named: list[Response]) -> Table:
    """Return what each administration that may be named plans, in the advised order."""
    say = survey.reading.say
    rows = tuple(
        (
            survey.reading.name_of(one.administration),
            say.semicolon.join(_plan(survey, one, number) for number in actions(one.values))
            or "–",
        )
        for one in named
    )
    columns = (say("Administration"), say("What is planned, and by when"))
    return Table("plans_of_each", say("Plans by administration"), columns, rows)


def _plan(survey: Survey, one: Response, number: int) -> str:
    time = _told(survey, TIME, one, number)
    return category(survey, number) + (f" ({time})" if time != "–" else "")


def own_plan(survey: Survey, now: Response) -> Table:
    """Return the categories that one administration plans, low numbers first, with unit and time."""
    say = survey.reading.say
    columns = (say("Category"), say("Unit in charge"), say("By when"))
    rows = tuple(
        (category(survey, n), _told(survey, UNIT, now, n), _told(survey, TIME, now, n))
        for n in actions(now.values)
    )
    return Table("own_plan", say("Your plans, in the order that we advise"), columns, rows)


def _told(survey: Survey, name: str, one: Response, number: int) -> str:
    item = survey.questionnaire.by_name.get(f"{name}_k{number}")
    return in_words(survey, item, one) if item and item.name in one.values else "–"
