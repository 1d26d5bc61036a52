"""Anchors at the desk: titles and disputes decided one at a time, and documents that were seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.measures.verification import claims
from storage.database import Database
from storage.office.audit import Act, entries_of
from tests.analysis.builder import CUT_OFF, Story
from tests.bot.web.desk.told_office import ToldOffice

PAGE = "/desk/reports/anchors"
TITLE = "Order <b>45</b> of 2018"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """One officer tells of a new unit, a colleague says that there is none yet; another of a system."""
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("W")
    for anchor, place in (("unit", "FJ"), ("system", "TO")):
        told = {f"anchor_status_{anchor}": "new", f"title_{anchor}": TITLE}
        story.answers(story.person("W", place), "M6", anchors=anchor, **told)
    story.answers(story.person("W", "FJ"), "M6", anchors="none")
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


def stands(office: ToldOffice, anchor: str) -> tuple[str, str, str]:
    found = office.database.read(claims, "W", office.now)
    return next((one.grade, one.stands, one.read) for one in found if one.anchor == anchor)


async def test_a_dispute_and_a_title_are_decided_and_taken_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens("/desk/reports")
    await ana.follows("Anchors to decide")
    assert "3 anchors wait" in ana.text
    assert "The sources say different things." in ana.text
    assert TITLE in ana.text
    await ana.presses("It does not count")
    assert "does not count" in ana.note
    await ana.presses("Undo")
    assert "is undecided again" in ana.note
    await ana.follows("Later")
    assert "Nobody has read this title." in ana.text
    await ana.presses("Accept the title")
    assert "is accepted" in ana.note
    assert {stands(office, one)[2] for one in ("unit", "system")} == {"", "accepted"}
    assert office.database.read(entries_of, Act.TEXTS_READ)


async def test_what_somebody_else_decided_meanwhile_is_said(office: ToldOffice) -> None:
    ana, bo = await office.signs_in(), await office.signs_in("Bo")
    for window in (ana, bo):
        await window.opens(PAGE)
        await window.follows("Later")
    await ana.presses("Reject the title")
    await bo.presses("Accept the title")
    await ana.presses("Undo")
    assert "is accepted since, by S-BO. Nothing was changed." in ana.note
    await bo.opens(PAGE)
    await bo.presses("It counts")
    assert "is decided" in bo.note


async def test_a_document_is_recorded_as_seen_with_what_it_was(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens("/desk/reports/W")
    await ana.follows("What people say is in force")
    await ana.follows("Document seen … system of case 5")
    await ana.presses("Record it", how="")
    assert "is empty" in ana.errors
    await ana.presses("Record it", how="Order 45, by e-mail")
    assert stands(office, "system")[0] == "document seen"
    assert "Order 45, by e-mail" in ana.text
    await ana.presses("Undo")
    assert ana.note.endswith("counts as seen by nobody any more.")
    await ana.opens("/desk/reports/W/anchors")
    await ana.follows("Document seen … system of case 5")
    await ana.presses("Record it", how="Order 45")
    await ana.opens("/desk")
    await ana.presses("Undo of anchor verified case 5 system")
    assert stands(office, "system")[0] == "described"


async def test_done_lately_takes_the_last_decision_about_an_anchor_back(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.presses("It counts")
    await ana.opens("/desk")
    (undo,) = (one for one in ana.buttons if one.startswith("Undo of anchor dispute decided"))
    await ana.presses(undo)
    assert "is undecided again" in ana.note
