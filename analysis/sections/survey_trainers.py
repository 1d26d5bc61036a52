"""What the trainers of a workshop are told: what people need from it, without names and small counts."""

from collections.abc import Iterable

from analysis.findings.outside_headlines import replied_in, replied_text
from analysis.findings.survey import Survey
from analysis.model import Section, Table
from analysis.sections.survey_answers import answers, parts_of


def for_trainers(survey: Survey) -> tuple[Section, ...]:
    """Return what may be told of the answers, and last the questions of which nothing may be told."""
    made = [answers(survey, part) for part in parts_of(survey)]
    silent = [table.heading for part in made for table in part.tables if not table.rows]
    told = (_told(part) for part in made)
    return tuple(one for one in (*told, _not_told(survey, silent)) if one.filled)


def _told(part: Section) -> Section:
    tables = tuple(table for table in part.tables if table.rows)
    return Section(part.key, part.heading, tables=tables)


def _not_told(survey: Survey, questions: Iterable[str]) -> Section:
    say, rows = survey.reading.say, tuple((question,) for question in questions)
    heading = say("Not shown, to protect small groups")
    table = Table("not_told", heading, (say("Question"),), rows)
    return Section("not_told", heading, tables=(table,) if rows else ())


def who_comes(survey: Survey) -> tuple[str, ...]:
    """Return who is on the list, and how many have replied as far as it may be told."""
    say, people = survey.reading.say, survey.reading.frames.enrolments
    coming = people[people["role"] == survey.role]
    places = coming["administration_code"].nunique()
    told, _ = replied_text(replied_in(survey.reading, survey.wave), say)
    return (
        say("People on the list: {number}.", number=str(coming["participant_id"].nunique())),
        say("Administrations: {number}.", number=str(places)),
        say("People who replied: {share}.", share=told),
    )
