"""Answers from before: stored as they were given, of the right people, and nothing is ever sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from bot.desk.answers.listing import list_answer_imports
from bot.desk.list_columns import list_columns
from bot.desk.waves.lifecycle import reopen_wave
from storage.database import Conflict, Database
from storage.office.audit import Act, entries
from storage.responses.open_answers import count_open_answers, delete_texts
from storage.schema import answer_history, answers, cases, unlinked_answers, unlinked_responses
from surveys.people import Role
from surveys.problems import BadInput
from tests.bot.desk.answers.earlier_world import CODE, Breaking, EarlierWorld
from tests.bot.fieldwork_world import utc

KNOWN = tuple(f"P{number:02}" for number in range(1, 16))
TABLE = "email,date,used,conf\nada@example.org,2027-09-20,yes,4\nben@example.org,2027-09-21,no,2\n"


@pytest.fixture
def world(office_database: Database) -> Iterator[EarlierWorld]:
    world = EarlierWorld(office_database)
    yield world
    world.close()


async def test_a_long_table_becomes_closed_cases_of_the_people_it_names(
    world: EarlierWorld,
) -> None:
    world.people(*KNOWN)
    done = world.imports_long("M3", "3")
    assert (done.linked, done.unlinked, done.questions) == (14, 0, ())
    files = {name: file for (name, _), file in world.cases().items()}
    assert {file.case.disposition for file in files.values()} == {"complete", "partial"}
    assert {file.case.closed_at for file in files.values()} == {world.now}
    rows = world.database.read(lambda c: c.execute(select(answers)).all())
    conf = [int(row.value) for row in rows if row.item == "conf"]
    assert (len(conf), sum(conf)) == (14, 43)
    assert {row.channel for row in rows} == {"imported"}
    mine = {row.item: row for row in rows if row.case_id == files["P02"].case.id}
    assert (mine["conf"].value, mine["tools"].value) == ("5", "form map talk")
    assert mine["used"].answered_at == utc("2027-09-11T21:14")  # 09:14 of the next day in Suva
    history = world.database.read(lambda c: c.execute(select(answer_history)).all())
    assert [(row.item, row.value) for row in history] == [("conf", "4")]
    (line,) = (one for one in world.database.read(entries) if one.act == Act.ANSWERS_IMPORTED)
    assert line.counts == {"linked": 14, "unlinked": 0}


async def test_nothing_is_sent_to_anybody_however_long_the_bot_runs(world: EarlierWorld) -> None:
    world.people(*KNOWN)
    await world.until(utc("2030-01-02T00:00"))
    world.imports_long("M3", "3")
    world.imports_long("M6", "6")
    await world.until(utc("2031-06-01T00:00"))
    assert world.channel.to_people == []
    assert world.mail.sent == []


def test_a_table_that_is_imported_again_changes_nothing_and_says_so(world: EarlierWorld) -> None:
    world.people(*KNOWN)
    first = world.imports_long("M3", "3")
    again = world.imports_long("M3", "3")
    assert again.before is not None
    assert again.before.id == first.number
    assert world.count("cases") == 14


def test_a_table_that_two_people_import_at_once_is_stored_once(world: EarlierWorld) -> None:
    world.people("Ada")
    rows = "".join(f"Q{number},2027-09-20,{1 + number % 5}\n" for number in range(150))
    table = f"name,date,conf\nAda,2027-09-20,4\n{rows}"
    keep = {"people not found": "without a person"}
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: world.imports(table, keep), range(2)))
    assert len({one.number or (one.before and one.before.id) for one in both}) == 1
    assert (world.count("unlinked_responses"), world.count("cases")) == (150, 1)
    lines = [one for one in world.database.read(entries) if one.act == Act.ANSWERS_IMPORTED]
    assert len(lines) == 1


def test_only_looking_and_open_questions_store_nothing(world: EarlierWorld) -> None:
    world.people("Ada")
    looked = world.imports(TABLE, {"people not found": "without a person"}, dry_run=True)
    assert (looked.linked, looked.unlinked) == (0, 2)
    asked = world.imports(TABLE)
    assert [one.key for one in asked.questions] == ["people not found"]
    assert world.count("answer_imports") == world.count("cases") == 0


def test_answers_of_nobody_known_are_kept_without_a_person(world: EarlierWorld) -> None:
    world.people("Ada", email="ada@example.org")
    text = TABLE.replace("email,", "country,email,").replace("ada@", "Fiji,ada@")
    done = world.imports(
        text.replace("ben@", "Tonga,ben@"), {"people not found": "without a person"}
    )
    assert (done.linked, done.unlinked) == (1, 1)
    assert world.count("participants") == world.count("enrolments") == 1
    response = world.database.read(lambda c: c.execute(select(unlinked_responses)).one())
    assert (response.administration_code, response.answered, response.disposition) == (
        *("TO", 2, "complete"),
    )
    told = world.database.read(lambda c: c.execute(select(unlinked_answers)).all())
    assert {row.item: row.value for row in told} == {"used": "no", "conf": "2"}


def test_a_second_table_of_nobody_known_is_asked_about_so_that_none_counts_twice(
    world: EarlierWorld,
) -> None:
    table = "date,used,conf\n2027-09-20,yes,4\n2027-09-21,no,2\n"
    first = world.imports(table)
    mended = table.replace("no,2", "no,3")
    asked = world.imports(mended)
    assert [one.key for one in asked.questions] == ["another table"]
    assert f"`followup answers undo W-A {first.number}`" in asked.questions[0].text
    assert world.imports(mended, {"another table": "other people"}).unlinked == 2
    assert world.count("unlinked_responses") == 4


def test_a_name_that_is_not_exact_or_not_unique_is_asked_about(world: EarlierWorld) -> None:
    world.people("Mele Fonua", "Ada")
    text = "name,date,used\nFONUA Mele,2027-09-20,yes\nAda,2027-09-20,no\n"
    asked = world.imports(text)
    assert [one.key for one in asked.questions] == ["row 2 is"]
    assert "Mele Fonua (P-MELE FONUA)" in asked.questions[0].text
    done = world.imports(text, {"row 2 is": "P-MELE FONUA"})
    assert (done.linked, done.unlinked) == (2, 0)


def test_an_address_with_another_name_is_asked_about(world: EarlierWorld) -> None:
    world.people("Ada", email="ada@example.org")
    text = "name,email,date,used\nBen,ada@example.org,2027-09-20,yes\n"
    asked = world.imports(text)
    assert [one.key for one in asked.questions] == ["row 2 is"]
    done = world.imports(text, {"row 2 is": "nobody"})
    assert (done.linked, done.unlinked) == (0, 1)


def test_two_rows_of_one_person_are_told_and_the_later_one_counts(world: EarlierWorld) -> None:
    world.people("Ada")
    text = "name,date,conf\nAda,2027-09-22,4\nAda,2027-09-20,1\n"
    done = world.imports(text)
    assert done.linked == 1
    assert "row 3: is of the same person as row 2" in str(done.warnings[-1])
    values = world.database.read(lambda c: c.scalars(select(answers.c.value)).all())
    assert values == ["4"]


async def test_who_has_answered_here_keeps_those_answers(world: EarlierWorld) -> None:
    world.people("Ada", email="ada@example.org")
    world.imports("name,date,conf\nAda,2027-09-20,1\n")
    done = world.imports(TABLE, {"people not found": "leave out"})
    assert (done.linked, done.answered, done.number) == (0, 1, 0)
    values = world.database.read(lambda c: c.scalars(select(answers.c.value)).all())
    assert values == ["1"]


def test_a_wave_that_is_still_to_come_takes_no_answers_from_before(world: EarlierWorld) -> None:
    world.people("Ada")
    world.now = utc("2027-07-01T00:00")
    with pytest.raises(Conflict, match="W-A M3 is still to come"):
        world.imports(TABLE)


def test_answers_of_an_administration_say_of_which(world: EarlierWorld) -> None:
    world.keeps_only("M3", "NCP12")
    world.enrol("Ada", workshop=CODE, role=Role.CONTACT_POINT)
    keep = {"people not found": "without a person", "other columns": "leave out"}
    item = "permission"
    table = f"name,country,date,{item}\nAda,,2028-06-20,yes\nQ1,{{place}},2028-06-21,yes\n"
    with pytest.raises(BadInput, match="row 3: is of nobody known, and tells no administration"):
        world.imports(table.format(place=""), keep, "NCP12")
    done = world.imports(table.format(place="Tonga"), keep, "NCP12")
    assert (done.linked, done.unlinked) == (1, 1)


async def test_nobody_asks_a_supervisor_because_of_an_earlier_table(world: EarlierWorld) -> None:
    world.keeps_only("END", "SUP6")
    ada = world.enrol("Ada", workshop=CODE)
    world.enrol("Chief", workshop=CODE, role=Role.SUPERVISOR, about=ada)
    world.now = utc("2027-11-01T00:00")
    done = world.imports("name,date,supervisor_ok\nAda,2027-06-12,yes\n", wave="END")
    assert done.linked == 1
    await world.until(utc("2028-03-01T00:00"))
    assert world.channel.to_people == []


async def test_a_wave_that_is_opened_again_asks_nobody_whose_answers_were_imported(
    world: EarlierWorld,
) -> None:
    world.people("Ada", "Ben")
    done = world.imports("name,date,used,conf,nps,why\nAda,2027-09-20,yes,4,,\n")
    assert done.linked == 1
    assert world.cases()["Ada", "M3"].case.completed_at is None  # two of four questions
    last = date(2030, 1, 20)
    world.database.run(reopen_wave, world.office, CODE, "M3", world.now, last)
    await world.until(utc("2030-02-01T00:00"))
    assert {chat for _, chat, _ in world.channel.to_people} == {"ben"}


def test_old_texts_are_deleted_after_their_time_also_those_of_nobody_known(
    world: EarlierWorld,
) -> None:
    world.people("Ada")
    text = "name,date,used,why\nAda,2027-09-20,yes,Time\nQ1,2027-09-21,yes,Money\n"
    world.imports(text, {"people not found": "without a person"})
    assert world.database.read(count_open_answers, world.now) == 2
    assert world.database.run(delete_texts, world.now) == 2
    for table in (answers, unlinked_answers):
        rows = world.database.read(lambda c, table=table: c.execute(select(table)).all())
        told = {row.item: (row.value, row.state) for row in rows}
        assert told == {"used": ("yes", "answered"), "why": ("", "deleted")}


def test_an_import_that_ended_half_way_goes_on_when_the_table_is_imported_again(
    world: EarlierWorld,
) -> None:
    world.people("Ada")
    rows = "".join(f"Q{number},2027-09-20,{1 + number % 5}\n" for number in range(250))
    table = f"name,date,conf\nAda,2027-09-20,4\n{rows}"
    keep = {"people not found": "without a person"}
    with pytest.raises(RuntimeError, match="no power"):
        world.imports(table, keep, door=Breaking(world.database, 3))
    assert 0 < world.count("unlinked_responses") < 250
    (half,) = world.database.read(list_answer_imports, CODE)
    assert not half.complete
    done = world.imports(table, keep)
    assert done.number == half.number
    assert (world.count("unlinked_responses"), world.count("cases")) == (250, 1)
    lines = [one for one in world.database.read(entries) if one.act == Act.ANSWERS_IMPORTED]
    assert [line.counts for line in lines] == [{"linked": 1, "unlinked": 250}]


async def test_answers_fill_the_case_of_somebody_who_is_being_asked(world: EarlierWorld) -> None:
    world.now = utc("2027-06-20T00:00")
    world.people("Ada", "Ben", email="")
    await world.until(utc("2027-09-25T00:00"))
    sent = len(world.channel.to_people)
    assert sent >= 2
    done = world.imports("name,date,conf\nAda,2027-09-20,4\n")
    assert done.linked == 1
    await world.until(utc("2027-12-01T00:00"))
    assert {chat for _, chat, _ in world.channel.to_people[sent:]} == {"ben"}
    row = world.database.read(
        lambda c: c.execute(select(cases).where(cases.c.entered_mode == "imported")).one()
    )
    assert row.disposition == "complete"
    assert CODE in world.imports("name,date,conf\nAda,2027-09-20,4\n").workshop


async def test_columns_are_remembered_for_tables_of_the_same_shape_until_forgotten(
    world: EarlierWorld,
) -> None:
    world.people("Ada", "Ben")
    text = "Name,Date,Sure,Mood\n{},2027-09-20,4,fine\n"
    asked = world.imports(text.format("Ada"))
    assert [one.key for one in asked.questions] == ["column C", "column D"]
    answers = {"column conf": "C", "column D": "leave out"}
    assert world.imports(text.format("Ada"), answers).linked == 1
    (kept,) = world.database.read(list_columns)
    assert (kept.kind, kept.columns) == ("answers", "conf from C, D left out")
    again = world.imports(text.format("Ben"), dry_run=True)
    assert (again.questions, again.items) == ((), ("conf",))
    (offer,) = again.offers
    assert "conf from C, D left out." in offer.text
    forgets = {offer.key: "forget"}
    assert [one.key for one in world.imports(text.format("Ben"), forgets).questions] == [
        *("column C", "column D")
    ]
    others = {**forgets, "column conf": "C", "other columns": "leave out"}
    assert world.imports(text.format("Ben"), others).linked == 1
    assert world.imports(text.format("Cy"), dry_run=True).items == ("conf",)


async def test_a_code_of_one_person_and_the_address_of_another_are_asked_about(
    world: EarlierWorld,
) -> None:
    world.people("Ada", email="ada@example.org")
    world.people("Ben", email="ben@example.org")
    text = "Person,Email,Date,conf\nP-ADA,ben@example.org,2027-09-20,4\n"
    (question,) = world.imports(text).questions
    assert question.text == "row 2: P-ADA, ben@example.org may be Ada (P-ADA) or Ben (P-BEN)."
    assert world.imports(text, {question.key: "P-BEN"}).linked == 1


@pytest.mark.parametrize(
    "rows",
    [
        "Ada,,2027-09-20,2\nAda,,2027-09-20,5\n",
        "Ada,a@x.org,2027-09-20,2\nAda,b@x.org,2027-09-21,5\n",
    ],
)
async def test_two_rows_of_a_person_of_which_none_is_surely_the_later_are_asked_about(
    world: EarlierWorld, rows: str
) -> None:
    world.people("Ada")
    text = f"Name,Email,Date,conf\n{rows}"
    (question,) = world.imports(text).questions
    assert question.key == "row 2 or row 3"
    done = world.imports(text, {question.key: "row 2"})
    assert str(done.warnings[0]).endswith("row 3: is of the same person as row 2, which counts.")
    (answer,) = world.database.read(lambda c: c.execute(select(answers)).all())
    assert answer.value == "2"
