"""The workshops of the report and their replies; in the order of their days, unranked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.findings.outside_headlines import replied_in, replied_text
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Section, Table
from surveys.days import span_text
from surveys.workshop import SURVEY


def workshops(reading: ReportFacts) -> Section:
    """Return title, days, place and donors of each workshop, with people attended and replied."""
    say = reading.say
    found = reading.workshop_rows
    columns = (say("Workshop"), say("Days"), say("Place"), say("Donors"))
    rows = tuple(
        (
            str(one["title"]),
            span_text(one["starts_on"], one["ends_on"], say.language),
            str(one["city"]),
            say.listed(one["donors"]),
        )
        for one in found
    )
    table = Table("workshops", say("Workshops in this report"), columns, rows)
    return Section("workshops", say("Workshops"), tables=(table, _replies(reading, found)))


def _replies(reading: ReportFacts, found: Sequence[Mapping[str, Any]]) -> Table:
    """Return how many people of each workshop replied; small groups cannot be found by subtraction."""
    say = reading.say
    columns = (say("Workshop"), say("Attended"), say("Replied"))
    attended, replied = _counts(reading, found)
    rows = tuple(
        (str(one["code"]), a, r if not reading.outside else _told(reading, str(one["code"])))
        for one, a, r in zip(found, attended, replied, strict=True)
        # Nobody attends a survey.
        if one["kind"] != SURVEY
    )
    note = say("Listed by date. Workshops differ in topic and people: this is not a ranking.")
    return Table("replies", say("Replies by workshop"), columns, rows, note=note)


def _told(reading: ReportFacts, code: str) -> Cell:
    """Return the replies of one workshop in its latest wave, as they may be told outside."""
    wave = reading.waves.get(code)
    if wave is None:
        return reading.say("not asked yet")
    text, count = replied_text(replied_in(reading, wave, f"workshop {code}"), reading.say)
    return text if count is None else count


def _counts(
    reading: ReportFacts, found: Sequence[Mapping[str, Any]]
) -> tuple[list[int | str], list[int]]:
    """Return how many people attended each workshop, unless it has no list, and how many replied."""
    people = reading.frames.enrolments
    people = people[people["role"] == "participant"]
    codes = [str(one["code"]) for one in found]
    attended = Counter(people["workshop_code"].tolist())
    current = [r for r in reading.responses if r.role == "participant"]
    replied = Counter(r.workshop for r in current if reading.waves.get(r.workshop) == r.wave)
    return [attended[code] or "–" for code in codes], [replied[code] for code in codes]
