"""Recommendations at the desk: proposed by rule, worded, released, settled, each with its undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import add, list_recommendations
from storage.database import Database
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import Content
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.bot.web.desk.told_office import ToldOffice

PAGE = "/desk/reports/recommendations?year=2017"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """An office whose officers named obstacles, and asked for help."""
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("W")
    for number, place in enumerate(PLACES[:18]):
        told = {"obstacles": "staff" if number < 12 else "legal", "help": "templates"}
        story.answers(story.person("W", place), "M3", **told)
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


def stand(office: ToldOffice) -> dict[int, Content]:
    found = office.database.read(list_recommendations, FiscalYear(2017))
    return {one.number: one.content for one in found}


async def test_what_the_answers_propose_is_added_once_and_taken_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.presses("Propose from the answers")
    assert "proposed. Word and release them." in ana.note
    number = min(stand(office))
    await ana.presses(f"Undo {number}")
    assert stand(office)[number].state == "withdrawn"
    await ana.opens(PAGE)
    await ana.presses("Propose from the answers")
    assert ana.note.startswith("Nothing new is proposed")


async def test_a_recommendation_is_added_changed_released_settled_and_withdrawn(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows("Add one …")
    await ana.presses("Add it", words="Share examples.")
    (number,) = stand(office)
    await ana.presses(f"Release recommendation {number}")
    assert "has no owner and no day yet" in ana.errors
    assert "followup" not in ana.text
    await ana.opens(PAGE)
    await ana.follows(f"Change … recommendation {number}")
    await ana.presses("Save it", owner="ROCB", due="soon")
    assert "By when" in ana.errors
    await ana.presses("Save it", owner="ROCB", due="30 June 2019")
    assert (stand(office)[number].owner, str(stand(office)[number].due_on)) == (
        "ROCB",
        "2019-06-30",
    )
    await ana.presses(f"Release recommendation {number}")
    assert "is released" in ana.note
    await ana.follows(f"What became of it … recommendation {number}")
    await ana.presses("Save it", became="dropped")
    assert "Say why it was dropped." in ana.errors
    await ana.presses("Save it", became="done", because="Sent in May.")
    assert stand(office)[number].outcome_words == "Sent in May."
    await ana.presses("Undo")
    assert stand(office)[number].outcome == "open"
    await ana.presses(f"Withdraw recommendation {number}")
    await ana.presses("Undo")
    assert stand(office)[number].state == "released"


async def test_done_lately_takes_the_last_change_of_a_recommendation_back(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows("Add one …")
    await ana.presses("Add it", words="Share examples.", owner="ROCB", due="30 June 2019")
    (number,) = stand(office)
    await ana.presses(f"Release recommendation {number}")
    await ana.opens("/desk")
    about = f"FY2017 recommendation {number}"
    undo = [one for one in ana.buttons if one.startswith("Undo")]
    assert undo == [f"Undo of recommendation released {about} released open"]
    assert "recommendation change number 2" in ana.text
    await ana.presses(*undo)
    assert stand(office)[number].state == "proposed"
    await ana.opens("/desk")
    await ana.presses(f"Undo of recommendation change taken back {about} proposed open")
    assert stand(office)[number].state == "released"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_pages_of_a_recommendation_are_read_without_a_lock(database: Database) -> None:
    """PostgreSQL refuses to lock a row in a transaction that only reads."""
    office = ToldOffice(database)
    given = Wording("Share examples.", "ROCB", date(2019, 6, 30))
    number = database.run(add, office.office, FiscalYear(2017), given, office.now).number
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows(f"Change … recommendation {number}")
    await ana.presses("Save it", words="Share more examples.")
    assert stand(office)[number].words == "Share more examples."
    office.transactions.close()
