"""One survey by group: the answers of each group beside each other, groups under five put together."""

from collections.abc import Iterable, Mapping

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response, latest_by_person
from analysis.findings.survey import Survey
from analysis.measures.tallies import COUNTED, Tally, tally
from analysis.model import Cell, Section, Table
from analysis.sections.survey_answers import Part
from analysis.sections.survey_words import label_of
from storage.database import NotFound
from surveys.questionnaire import Item

ADMINISTRATION = "administration"

Groups = Mapping[str, tuple[Response, ...]]


def by_group(survey: Survey, part: Part, by: str) -> Section | None:
    """Return the answers to one part by the answer to another question, or by administration.

    NotFound if the survey has no such question.
    """
    groups = _groups(survey, by)
    items = [survey.questionnaire.by_name[name] for name in part.items if name != by]
    counted = {item.name for item in survey.items(*COUNTED)}
    tables = tuple(_table(survey, item, groups) for item in items if item.name in counted)
    heading = survey.reading.say("{part}, by group", part=part.heading)
    return Section(f"{part.key}_groups", heading, tables=tables) if tables and groups else None


def _groups(survey: Survey, by: str) -> Groups:
    """Return the responses of each group of five or more; the smaller ones together if they are."""
    found: dict[str, list[Response]] = {}
    for one in survey.found:
        for label in _labels(survey, by, one):
            found.setdefault(label, []).append(one)
    large = {label: tuple(told) for label, told in found.items() if len(told) >= SMALLEST}
    small = {
        one.case_id: one for label, told in found.items() for one in told if label not in large
    }
    if len(small) >= SMALLEST:
        large[survey.reading.say("Groups under {number}", number=str(SMALLEST))] = tuple(
            small.values()
        )
    return large


def _labels(survey: Survey, by: str, one: Response) -> list[str]:
    if by == ADMINISTRATION:
        return [survey.reading.name_of(one.administration)]
    item = survey.questionnaire.by_name.get(by)
    choices = survey.questionnaire.options(item) if item else ()
    if not choices:
        names = ", ".join(item.name for item in survey.items(*COUNTED))
        raise NotFound(
            f"There is no question {by!r} with choices. Use administration, or: {names}."
        )
    labels = {
        o.name: survey.questionnaire.text(o.label, survey.reading.say.language) for o in choices
    }
    return [labels.get(code, code) for code in one.values.get(by, "").split()]


def _table(survey: Survey, item: Item, groups: Groups) -> Table:
    say = survey.reading.say
    tallies = [_tally(survey, item, told) for told in groups.values()]
    heads = (
        say("{group} ({base})", group=label, base=str(found.base))
        for label, found in zip(groups, tallies, strict=True)
    )
    options = dict.fromkeys((c.code, c.label) for found in tallies for c in found.counts)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, *(found.people(code) for found in tallies)) for code, label in options
    )
    return Table(f"{item.name}_groups", label_of(survey, item), (say("Answer"), *heads), rows)


def _tally(survey: Survey, item: Item, told: Iterable[Response]) -> Tally:
    reading = survey.reading
    latest = latest_by_person(told, item.name)
    return tally(latest, item.name, reading.frames.questionnaires, reading.say.language)
