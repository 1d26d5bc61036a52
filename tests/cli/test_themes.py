"""Themes on the command line: the code book, marks of two readers, decisions; and translations."""

import re

import pytest
from sqlalchemy import Connection, update

from storage import schema
from storage.fieldwork.cases import open_case
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import publish
from storage.people.enrolments import enrolments_in
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.plans_file import packaged_plans
from tests.cli.conftest import CODE, Terminal
from tests.cli.test_anchors import TOLD, answers, stored

WROTE = "เราเขียนระเบียบ"


def wrote(connection: Connection) -> int:
    """Ada has given an example in Thai, and may be quoted."""
    publish(connection, packaged_questionnaire("M3"), TOLD)
    planned = packaged_plans()["standard"].wave("M3")
    assert planned is not None
    dated = planned.dated(get_workshop(connection, CODE))
    wave = open_wave(connection, dated, Opening(("M3", 1), TOLD, "plan"))
    case = open_case(connection, wave.id, enrolments_in(connection, CODE)[0].id, TOLD)
    facts = {"started_at": TOLD, "completed_at": TOLD, "answered": 7, "asked": 7}
    connection.execute(update(schema.cases).where(schema.cases.c.id == case).values(**facts))
    answers(connection, case, {"job": "same", "example": WROTE, "quote": "anonymous"})
    here = schema.answers.c.case_id == case
    connection.execute(update(schema.answers).where(here).values(language="th"))
    return case


@pytest.fixture
def case(office: Terminal) -> str:
    return stored(office, wrote)


def undoes(office: Terminal, said: str) -> str:
    """Type the command that an act names to take it back."""
    found = re.search(r"Undo: `followup ([^`]*)`", said)
    assert found is not None, said
    return office.says(*found[1].split())


def test_the_code_book_is_written_and_each_act_is_undone(office: Terminal) -> None:
    assert "There is no theme yet" in office.says("theme", "list")
    how = ("--definition", "Choosing what to check.", "--example", "We check by risk.")
    office.says("theme", "add", "targeting", "Targeting", *how)
    office.says("theme", "add", "teaching", "Training of others")
    said = office.says("theme", "change", "targeting", "--name", "Risk targeting")
    assert said.startswith("targeting is “Risk targeting” now.")
    assert "is as it was before" in undoes(office, said)
    assert "is retired" in office.says("theme", "retire", "teaching")
    assert office.says("theme", "list").splitlines()[1:] == [
        "targeting  Targeting           in use   Choosing what to check.  We check by risk.",
        "teaching   Training of others  retired  -                        -",
    ]
    assert "in use again" in office.says("theme", "restore", "teaching")
    assert "belongs to “Targeting”" in office.refuses("theme", "add", "targeting", "Tariffs")
    log = office.says("audit")
    for act in ("theme of the code book changed", "change of a theme taken back"):
        assert act in log


def test_two_mark_a_text_and_somebody_decides(office: Terminal, case: str) -> None:
    office.says("theme", "add", "targeting", "Targeting")
    office.says("theme", "add", "teaching", "Training of others")
    fay = office.data("staff", "add", "organiser", "--name", "Fay")["code"]
    listed = office.says("theme", "texts", CODE)
    assert listed == f"{case} example: {CODE} M3, th\n  {WROTE}\n"
    said = office.says("theme", "mark", case, "example", "targeting", "teaching")
    assert said.startswith(f"Marked with targeting, teaching: text example of case {case}.")
    assert "waits to be marked by you" in office.says("theme", "texts")
    assert "targeting" not in office.says("theme", "texts", "--by", fay)
    assert "No two readers differ" in office.says("theme", "differ")
    second = office.says("theme", "mark", case, "example", "none", "--by", fay)
    assert f"  {fay}: none\n" in office.says("theme", "differ", CODE)
    decided = office.says("theme", "decide", case, "example", "teaching")
    assert "No two readers differ" in office.says("theme", "differ")
    assert "as it was before" in undoes(office, decided)
    assert "since. Nothing was changed" in undoes(office, second)
    log = office.says("audit")
    for act in ("themes marked", "themes decided", "marked themes taken back", "own words read"):
        assert act in log
    assert "teaching" not in "".join(one for one in log.splitlines() if "marked" in one)


def test_agreement_is_told_with_counts_and_no_kappa_of_one_text(
    office: Terminal, case: str
) -> None:
    assert "No text was read by two yet." in office.says("theme", "agreement")
    office.says("theme", "add", "targeting", "Targeting")
    fay = office.data("staff", "add", "organiser", "--name", "Fay")["code"]
    office.says("theme", "mark", case, "example", "targeting")
    office.says("theme", "mark", case, "example", "none", "--by", fay)
    assert office.says("theme", "agreement", CODE).splitlines()[1:] == [
        "targeting     0     1      0       0        1      -",
        "all together  0     1      0       0        1      -",
    ]
    assert office.data("theme", "agreement")[0]["kappa"] is None


def test_a_released_text_is_translated_and_that_is_taken_back(office: Terminal, case: str) -> None:
    translated = ("words", "translate", case, "example", "We wrote a rule.")
    assert "is not released" in office.refuses(*translated)
    office.says("words", "release", case, "example")
    said = office.says(*translated)
    assert "marked as translated: “We wrote a rule.”" in said
    assert "  in English: We wrote a rule.\n" in office.says("words", "list")
    assert "printed in its own language" in undoes(office, said)
    assert "in English" not in office.says("words", "list")
    assert "text translated" in office.says("audit")
