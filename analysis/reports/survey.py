"""Build the result of one survey: any wave of a workshop, whatever its questionnaire asks.

The office sees all answers. Other readers see those of administrations that allow it; the trainers of
a workshop see what people need from it, without names and without small counts.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pandas import isna
from sqlalchemy import Connection

from analysis.disclosure.small_groups import PROTECTED, SMALLEST
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import load
from analysis.facts.responses import records
from analysis.findings.outside_headlines import replied_in, replied_text
from analysis.findings.report_facts import ReportFacts, read, read_outside
from analysis.findings.survey import Survey
from analysis.measures.vocabulary import WAVES, labels
from analysis.model import Chapter, Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.stamps import cover_stamps, foot, mark
from analysis.sections.assessment import is_assessment, letter, profile
from analysis.sections.needs import elearning_now, needs_and_use
from analysis.sections.survey_answers import answers, parts_of, rows_of
from analysis.sections.survey_groups import by_group
from analysis.sections.survey_method import method
from analysis.sections.survey_response import by_administration, response
from storage.database import Conflict, NotFound
from surveys.days import moment_text, span_text

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
    reading = _reading(connection, code, cut_off, wishes)
    survey = _survey(reading, code, wishes)
    notice = _notice(survey)
    sections = _sections(survey, wishes.by, with_results=not notice)
    say = reading.say
    return Report(
        title=_title(survey, notice),
        subtitle=_subtitle(survey),
        written=say("Answers until {when} UTC", when=_when(reading)),
        cut_off=reading.cut_off,
        language=say.language,
        notice=notice,
        in_short=() if notice else _in_short(survey),
        sections=sections,
        method=method(survey),
        footer=foot(wishes, _whom(survey) if wishes.whom else "", say),
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


def _reading(
    connection: Connection, code: str, cut_off: datetime | CutOffs, wishes: Wishes
) -> ReportFacts:
    """Return the facts; for trainers with all that readers outside can compare them with."""
    if CIRCLES.get(wishes.audience) == "trainer":
        found = read_outside(load(connection, None), [code], cut_off, wishes.language)
        if found is not None:
            return found
    return read(load(connection, [code]), cut_off, wishes.language)


def _survey(reading: ReportFacts, code: str, wishes: Wishes) -> Survey:
    """Return a wave that has opened. Outside the office only surveys of administrations are told, and
    to trainers what participants were asked before the workshop.
    """
    wave, opened = wishes.survey, reading.frames.waves
    opened = opened[opened["opened_at"].notna() & (opened["key"] == wave)]
    if opened.empty:
        over = "" if wishes.audience == "staff" else ", or is not over in the published version"
        raise NotFound(f"{code} {wave} has not opened{over}, so there are no answers to show.")
    row = records(opened)[0]
    circle = CIRCLES.get(wishes.audience)
    if circle == "trainer":
        _check_before(reading, row, f"{code} {wave}")
    elif circle is None or (circle != "office" and row["role"] != "contact_point"):
        raise Conflict(
            f"The answers of {code} {wave} are those of single people. They are for the office; "
            "readers outside get the report of the workshop."
        )
    version = (row["questionnaire_key"], int(row["questionnaire_version"]))
    asked = reading.frames.questionnaires[version]
    closed = not isna(row["closed_at"])
    return Survey(reading, wave, row["role"], asked, circle, wishes.whom, closed)


def _check_before(reading: ReportFacts, row: Mapping[str, Any], named: str) -> None:
    """Raise Conflict for a wave that is not for participants before their workshop."""
    workshop = records(reading.frames.workshops)[0]
    if row["role"] != "participant" or row["opens_on"] >= workshop["starts_on"]:
        raise Conflict(f"{named} is not asked of participants before a workshop.")


def _sections(survey: Survey, by: str, *, with_results: bool) -> tuple[Section, ...]:
    if survey.circle == "own":
        return _own(survey)
    if survey.circle == "trainer":
        told = (answers(survey, part) for part in parts_of(survey) if with_results)
        return tuple(one for one in told if one.filled)
    made: list[Section | None] = []
    if with_results and is_assessment(survey):
        made.append(profile(survey))
    for part in parts_of(survey) if with_results else ():
        made += [answers(survey, part), by_administration(survey, part)]
        made.append(by_group(survey, part, by) if by else None)
    if survey.wave == "PRE":
        made.append(_elearning(survey))
    if with_results and survey.wave == "PRE":
        made.append(_used_later(survey))
    made.append(response(survey))
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
    table = needs_and_use(survey.reading)
    if not any(row[2] for row in table.rows):
        return None
    return Section("used_later", survey.reading.say("Needs before and use later"), tables=(table,))


def _notice(survey: Survey) -> str:
    """Return why there are no results yet; '' from five answers."""
    say, answered = survey.reading.say, len({one.participant_id for one in survey.found})
    if answered >= SMALLEST or (answered and survey.circle == "own"):
        return ""
    if survey.circle == "own":
        return say("There is no answer yet.")
    if survey.circle == "trainer":
        return say(PROTECTED)
    if survey.circle != "office":
        return say(
            "Too few administrations let you see their answers: {smallest} are needed.",
            smallest=str(SMALLEST),
        )
    values = {"number": str(answered), "smallest": str(SMALLEST), "total": str(survey.asked)}
    return say("{number} of {total} have answered. Results appear from {smallest}.", **values)


def _title(survey: Survey, notice: str) -> str:
    """Return the need that most have, where the survey asks for needs; else what it asks."""
    asked, say = survey.questionnaire, survey.reading.say
    most = _most_needed(survey) if not notice else ""
    return most or asked.text(asked.title, say.language)


def _most_needed(survey: Survey) -> str:
    if "needs" not in survey.questionnaire.by_name:
        return ""
    found = rows_of(survey, "needs")
    if len(found.largest) != 1:
        return ""
    return survey.reading.say(
        "Needed most: {need} ({part} of {base})",
        need=found.largest[0].label,
        part=str(found.largest[0].people),
        base=str(found.base),
    )


def _subtitle(survey: Survey) -> str:
    say, workshop = survey.reading.say, records(survey.reading.frames.workshops)[0]
    days = span_text(workshop["starts_on"], workshop["ends_on"], say.language)
    name = say(WAVES[survey.wave]) if survey.wave in WAVES else survey.wave
    return say.beside([name, workshop["title"], workshop["city"], days])


def _when(reading: ReportFacts) -> str:
    return moment_text(reading.cut_off.astimezone(UTC), reading.say.language)


def _in_short(survey: Survey) -> tuple[str, ...]:
    say = survey.reading.say
    if survey.circle == "own":
        return (say("The answers of {administration}.", administration=_whom(survey)),)
    if survey.circle == "trainer":
        told, _ = replied_text(replied_in(survey.reading, survey.wave), say)
        return (say("People who replied: {share}.", share=told),)
    values = {"part": str(survey.answered), "base": str(survey.asked)}
    if survey.of_administrations:
        return (say("{part} of {base} administrations have answered.", **values),)
    return (say("{part} of {base} people have answered.", **values),)


def _whom(survey: Survey) -> str:
    return survey.reading.name_of(survey.whom)
