"""Build the result of one survey: any wave of a workshop, whatever its questionnaire asks.

The office sees all answers. Other readers see those of administrations that allow it; the trainers of
a workshop see what people need from it, without names and without small counts.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pandas import isna
from sqlalchemy import Connection

from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import load
from analysis.facts.responses import records
from analysis.findings.reading import read, read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.findings.survey import Survey
from analysis.measures.vocabulary import labels
from analysis.model import Chapter, Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.stamps import cover_stamps, foot, mark
from analysis.reports.survey_titles import in_short, notice, subtitle, title, whom
from analysis.sections.assessment import letter, profile
from analysis.sections.assessment_plans import is_assessment
from analysis.sections.needs import elearning_now, needs_and_use
from analysis.sections.survey_answers import answers, parts_of
from analysis.sections.survey_groups import by_group
from analysis.sections.survey_method import method
from analysis.sections.survey_response import by_administration, response
from analysis.sections.survey_trainers import for_trainers
from storage.database import Conflict, NotFound
from surveys.days import moment_text
from surveys.people import Role

LAYOUT = "survey"
CIRCLES = {
    "staff": "office",
    "member": "own",
    "rtc": "members",
    "good_practice": "members",
    "newsletter": "public",
    "trainer": "trainer",
}
"""Whom a survey can be shown to, by the audience of the report."""


def build_survey(
    connection: Connection, code: str, cut_off: datetime | CutOffs, wishes: Wishes
) -> Report:
    """Return the result of the wave `wishes.survey`, with the answers up to `cut_off` (aware UTC).

    `wishes.by` also shows the answers by group: "administration", or a question of the survey. NotFound
    if the wave has not opened or has no such question. Conflict for readers who may not see it.
    """
    survey = _survey(connection, code, cut_off, wishes)
    reading = survey.reading
    why = notice(survey)
    sections = _sections(survey, wishes.by, with_results=not why)
    say = reading.say
    return Report(
        title=title(survey, with_results=not why),
        subtitle=subtitle(survey),
        written=say("Answers until {when} UTC", when=_when(reading)),
        cut_off=reading.cut_off,
        language=say.language,
        notice=why,
        in_short=() if why else in_short(survey),
        sections=sections,
        method=method(survey),
        footer=foot(wishes, whom(survey) if wishes.whom else "", say),
        workshops=(code,),
        chapters=tuple(
            Chapter(str(number), one.heading, (one.key,))
            for number, one in enumerate(sections, start=1)
        ),
        cover=tuple((label, text) for label, text in cover_stamps(wishes, say) if text),
        labels=labels(say),
        mark=mark(wishes, say),
        office=wishes.office,
        layout=LAYOUT,
    )


def _survey(
    connection: Connection, code: str, cut_off: datetime | CutOffs, wishes: Wishes
) -> Survey:
    """Return a wave that has opened, as its readers may see it."""
    reading, wave = read(load(connection, [code]), cut_off, wishes.language), wishes.survey
    row = _opened(reading, code, wishes)
    circle = _circle(reading, row, wishes)
    if circle == "trainer":
        # With all that readers outside can compare it with.
        outside = read_outside(load(connection, None), [code], cut_off, wishes.language)
        assert outside is not None  # noqa: S101 - each workshop alone is a published set
        reading = outside
    version = (row["questionnaire_key"], int(row["questionnaire_version"]))
    asked = reading.frames.questionnaires[version]
    closed = not isna(row["closed_at"])
    return Survey(reading, wave, row["role"], asked, circle, wishes.whom, closed)


def _opened(reading: ReportFacts, code: str, wishes: Wishes) -> Mapping[str, Any]:
    """Return the row of a wave. NotFound if it has not opened, or is not over in the version."""
    waves = reading.frames.waves
    opened = waves[waves["opened_at"].notna() & (waves["key"] == wishes.survey)]
    if opened.empty:
        over = "" if wishes.audience == "staff" else ", or is not over in the published version"
        told = ", ".join(str(key) for key in waves.loc[waves["opened_at"].notna(), "key"])
        raise NotFound(
            f"{code} {wishes.survey} has not opened{over}, so there are no answers to show. "
            f"There are results of: {told or 'none yet'}."
        )
    return records(opened)[0]


def _circle(reading: ReportFacts, row: Mapping[str, Any], wishes: Wishes) -> str:
    """Return who the readers are. Outside the office only surveys of administrations are told, and to
    trainers what was asked before their workshop: what participants need, without names, and what
    administrations need that let Members read it.
    """
    circle, of_administrations = CIRCLES.get(wishes.audience), row["role"] == Role.CONTACT_POINT
    named = f"{row['workshop_code']} {row['key']}"
    if circle == "trainer":
        _check_before(reading, row, named)
        return "members" if of_administrations else circle
    if circle == "office" or (circle and of_administrations):
        return circle
    if of_administrations:
        raise Conflict(f"There is no copy of {named} for {wishes.audience}.")
    raise Conflict(
        f"The answers of {named} are those of single people. They are for the office; "
        "readers outside get the report of the workshop."
    )


def _check_before(reading: ReportFacts, row: Mapping[str, Any], named: str) -> None:
    """Raise Conflict for a wave that does not ask before a workshop, of those who come or send them."""
    workshop = reading.workshop_rows[0]
    asked = row["role"] in (Role.PARTICIPANT, Role.CONTACT_POINT)
    if not asked or row["opens_on"] >= workshop["starts_on"]:
        raise Conflict(f"{named} is not asked before a workshop, so it is not for its trainers.")


def _sections(survey: Survey, by: str, *, with_results: bool) -> tuple[Section, ...]:
    if survey.circle == "own":
        return _own(survey)
    if survey.circle == "trainer":
        return for_trainers(survey) if with_results else ()
    made: list[Section | None] = []
    if with_results and is_assessment(survey):
        made.append(profile(survey))
    for part in parts_of(survey) if with_results else ():
        made += [answers(survey, part), by_administration(survey, part)]
        made.append(by_group(survey, part, by) if by else None)
        made.append(_elearning(survey) if part.key == "elearning" else None)
    if survey.circle == "office":
        made += [_used_later(survey) if with_results else None, response(survey)]
    return tuple(one for one in made if one is not None and one.filled)


def _own(survey: Survey) -> tuple[Section, ...]:
    """Return what one administration answered; nothing of any other."""
    if not survey.found:
        return ()
    first = (letter(survey),) if is_assessment(survey) else ()
    made = (by_administration(survey, part) for part in parts_of(survey))
    return (*first, *(one for one in made if one is not None))


def _elearning(survey: Survey) -> Section | None:
    """Return how far all participants are with the e-learning, also those who did not answer."""
    table = elearning_now(survey.reading)
    heading = survey.reading.say("E-learning before the workshop")
    return Section("elearning_now", heading, tables=(table,)) if table.rows else None


def _used_later(survey: Survey) -> Section | None:
    """Return the needs beside what was used later, once people have answered about that."""
    if survey.wave != "PRE":
        return None
    table = needs_and_use(survey.reading)
    if not any(row[2] for row in table.rows):
        return None
    return Section("used_later", survey.reading.say("Needs before and use later"), tables=(table,))


def _when(reading: ReportFacts) -> str:
    return moment_text(reading.cut_off.astimezone(UTC), reading.say.language)
