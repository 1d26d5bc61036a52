"""Answers from earlier tables in reports: beside the others, told in the base, and of no list.

The figures are compared with plain SQL on the stored rows.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from analysis.exports.answers import cases_table, unknown_codes
from analysis.exports.facts import read_facts
from analysis.facts.frames import Frames, load
from analysis.findings.reading import read, read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.sections.fieldwork import fieldwork
from analysis.sections.improvement import improvement
from analysis.sections.tallies import base_note
from bot.desk.reports.queued_texts import stored_texts
from storage.database import Database
from tests.bot.desk.answers.earlier_world import CODE, EarlierWorld

PLACES = ("FJ", "TO", "VU", "WS", "PG")
KNOWN = [f"N{number:02}" for number in range(10)]
KEEP = {"people not found": "without a person"}
COUNT = """
SELECT count(*) FROM (
  SELECT a.value FROM answers a JOIN cases c ON c.id = a.case_id JOIN waves w ON w.id = c.wave_id
  WHERE w.key = :wave AND a.item = :item AND a.state = 'answered'
  UNION ALL
  SELECT u.value FROM unlinked_answers u JOIN unlinked_responses r ON r.id = u.response_id
  JOIN answer_imports i ON i.id = r.import_id JOIN waves w ON w.id = i.wave_id
  WHERE w.key = :wave AND u.item = :item AND u.state = 'answered'
) told WHERE value = :value OR :value = ''
"""
PAIRS = """
SELECT sum(CASE WHEN a.value = 'tried' AND b.value = 'regular' THEN 1 ELSE 0 END),
       sum(CASE WHEN a.value = b.value THEN 1 ELSE 0 END),
       sum(CASE WHEN a.value = 'regular' AND b.value = 'tried' THEN 1 ELSE 0 END)
FROM answers a JOIN cases c ON c.id = a.case_id JOIN waves w ON w.id = c.wave_id
JOIN enrolments e ON e.id = c.enrolment_id
JOIN cases d ON d.enrolment_id = e.id JOIN waves x ON x.id = d.wave_id
JOIN answers b ON b.case_id = d.id
WHERE w.key = 'M3' AND x.key = 'M6' AND a.item = 'use_any' AND b.item = 'use_any'
"""


def table(uses: Sequence[str], strangers: Sequence[str] = ("tried",) * 3) -> str:
    rows = [f"{name},,2027-09-20,{use},Told {name}" for name, use in zip(KNOWN, uses, strict=True)]
    rows += [f"Q{n},{'' if n else 'FJ'},2027-09-21,{u},Own" for n, u in enumerate(strangers)]
    return "name,country,date,use_any,example\n" + "\n".join(rows) + "\n"


M3 = table(["tried"] * 6 + ["regular"] * 4)
M6 = table(["regular"] * 5 + ["tried"] * 2 + ["regular"] * 3, ["regular"] * 4).replace(
    ",example", ",title_unit"
)


@pytest.fixture
def world(office_database: Database) -> Iterator[EarlierWorld]:
    world = EarlierWorld(office_database, own=False)
    for number, name in enumerate(KNOWN):
        world.people(name, place=PLACES[number % len(PLACES)])
    world.imports(M3, KEEP)
    yield world
    world.close()


def frames_of(world: EarlierWorld) -> Frames:
    return world.database.read(load, None)


def reading_of(world: EarlierWorld) -> ReportFacts:
    return read(frames_of(world), world.now)


def counted(world: EarlierWorld, wave: str, item: str, value: str = "") -> int:
    values = {"wave": wave, "item": item, "value": value}
    return int(world.database.read(lambda c: c.execute(text(COUNT), values).scalar_one()))


def test_answers_of_people_and_of_nobody_known_are_counted_and_the_base_says_so(
    world: EarlierWorld,
) -> None:
    reading = reading_of(world)
    found = reading.rows("use_any", "M3")
    assert found.base == counted(world, "M3", "use_any") == 13
    for count in found.found.counts:
        assert count.people == counted(world, "M3", "use_any", count.code)
    assert "Of these, 13 from an earlier table." in base_note(found, reading)


def test_the_list_of_people_does_not_grow_and_every_rate_stays_possible(
    world: EarlierWorld,
) -> None:
    reading = reading_of(world)
    assert reading.people == len(KNOWN)
    (wave,) = (one for one in reading.fieldwork if one.wave == "M3")
    assert (wave.asked, wave.uninvited, wave.completed, wave.invited) == (13, 13, 13, 0)
    notes = fieldwork(reading).notes
    assert any(note.endswith("answered in an earlier table, counted: 13.") for note in notes)
    assert {place.code: (place.people, place.replied) for place in reading.places} == {
        place: (3, 3) if place == "FJ" else (2, 2) for place in PLACES
    }


def test_change_counts_only_people_who_are_known_in_both_waves(world: EarlierWorld) -> None:
    world.imports(M6, KEEP, "M6")
    rows = next(one for one in improvement(reading_of(world)).tables if one.key == "paired").rows
    (row,) = (one for one in rows if one[4] == len(KNOWN))
    pairs = world.database.read(lambda c: c.execute(text(PAIRS)).one())
    assert tuple(row[1:4]) == tuple(pairs) == (5, 4, 1)


def test_figures_that_were_published_before_stay_as_they_were(world: EarlierWorld) -> None:
    frames = frames_of(world)
    before = read(frames, world.now - timedelta(minutes=1))
    assert before.responses == ()
    assert len(read(frames, world.now).responses) == 13


def test_a_text_of_nobody_known_waits_for_no_decision_and_is_in_no_report(
    world: EarlierWorld,
) -> None:
    head, *rows = M6.splitlines()
    agreed = "\n".join([f"{head},quote", *(f"{row},anonymous" for row in rows), ""])
    world.imports(agreed, KEEP, "M6")
    texts = list(world.database.read(lambda c: list(stored_texts(c, [CODE], world.now))))
    assert len(texts) == 2 * len(KNOWN)  # an example and a title each
    assert all(one.case_id > 0 for one in texts)


def test_readers_outside_get_a_report_with_them(world: EarlierWorld) -> None:
    reading = read_outside(frames_of(world), [CODE], world.now)
    assert reading is not None
    found = reading.rows("use_any", "M3")
    assert found.base in (0, 13)


def test_the_export_has_them_marked_and_agrees_with_the_database(world: EarlierWorld) -> None:
    facts = world.database.read(read_facts, None, world.now)
    cases = cases_table(facts)
    modes = [dict(zip(cases.columns, row, strict=True))["entered_mode"] for row in cases.rows]
    assert modes == ["imported"] * 13
    assert (facts.stored.cases, facts.stored.answers) == (
        len(facts.cases),
        sum(len(one.answers) for one in facts.cases),
    )
    assert unknown_codes(facts) == 0
