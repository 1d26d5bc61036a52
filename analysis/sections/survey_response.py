"""Who was asked in one survey and who has answered; answers of administrations that may be named."""

from analysis.facts.responses import Response
from analysis.figures import counted
from analysis.findings.survey import Survey
from analysis.measures.tallies import COUNTED
from analysis.model import Cell, Section, Table
from analysis.sections.survey_answers import Part
from analysis.sections.survey_words import in_words, label_of, was_asked
from surveys.items.base import Level
from surveys.questionnaire import Item

WIDE = 5
"""Questions that stand beside each other in one table."""
BESIDE = (*COUNTED, Level.QUANTITY, Level.DAY)
"""What is told of each administration; its own words only where they were released."""


def response(survey: Survey) -> Section:
    """Return how many were asked and have answered, and from where an answer is missing."""
    say = survey.reading.say
    unit = say("Administrations") if survey.of_administrations else say("People")
    row = (unit, survey.asked, survey.answered, counted(survey.answered, survey.asked, say))
    columns = (say("Who"), say("Asked"), say("Replied"), say("Of those asked"))
    tables = (Table("response", say("Response"), columns, (row,)), _waiting(survey))
    return Section("response", say("Response"), tables=tables)


def _waiting(survey: Survey) -> Table:
    """Return the administrations from which an answer is missing."""
    say = survey.reading.say
    if survey.of_administrations:
        silent = [code for code, (_, replied) in survey.places.items() if not replied]
        rows: tuple[tuple[Cell, ...], ...] = tuple((survey.reading.name_of(c),) for c in silent)
        return Table("waiting", say("Not answered yet"), (say("Administration"),), rows)
    columns = (say("Administration"), say("Asked"), say("Replied"))
    rows = tuple(
        (survey.reading.name_of(code), asked, replied)
        for code, (asked, replied) in survey.places.items()
        if replied < asked
    )
    return Table("waiting", say("Not answered yet"), columns, rows)


def by_administration(survey: Survey, part: Part) -> Section | None:
    """Return one row for each administration that may be named, with its answers to one part.

    An administration that reads its own answers gets one row for each question.
    """
    levels = (*BESIDE, Level.WORDS) if survey.circle == "own" else BESIDE
    wanted = {*part.items}
    items = [i for i in survey.items(*levels) if i.name in wanted and was_asked(survey, i)]
    named = [one for one in survey.found if survey.named(one)]
    if not survey.of_administrations or not items or not named:
        return None
    named.sort(key=lambda one: survey.reading.name_of(one.administration))
    if survey.circle == "own":
        return Section(f"{part.key}_places", part.heading, tables=(_own(survey, part, items),))
    groups = [items[n : n + WIDE] for n in range(0, len(items), WIDE)]
    heading = survey.reading.say("{part}, by administration", part=part.heading)
    tables = [_matrix(survey, part.key, heading, group, named) for group in groups]
    return Section(f"{part.key}_places", heading, tables=tuple(tables), notes=_others(survey))


def _own(survey: Survey, part: Part, items: list[Item]) -> Table:
    """Return what one administration answered to each question of a part."""
    say, one = survey.reading.say, max(survey.found, key=lambda found: found.answered_at)
    rows = tuple((label_of(survey, item), in_words(survey, item, one)) for item in items)
    return Table(f"{part.key}_own", part.heading, (say("Question"), say("Answer")), rows)


def _matrix(
    survey: Survey, key: str, heading: str, items: list[Item], named: list[Response]
) -> Table:
    say = survey.reading.say
    columns = (say("Administration"), *(label_of(survey, item) for item in items))
    rows = tuple(
        (
            survey.reading.name_of(one.administration),
            *(in_words(survey, item, one) for item in items),
        )
        for one in named
    )
    return Table(f"{key}_{items[0].name}", heading, columns, rows)


def _others(survey: Survey) -> tuple[str, ...]:
    number = sum(not survey.named(one) for one in survey.found)
    if not number:
        return ()
    return (survey.reading.say("Others, not named: {number}", number=str(number)),)
