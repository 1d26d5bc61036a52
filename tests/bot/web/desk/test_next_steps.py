"""What the office does next, at the desk: worded, released, kept, dropped, each with its undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.reports.next_steps import list_steps
from storage.database import Database
from surveys.next_step import Content
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.bot.web.desk.told_office import ToldOffice

PAGE = "/desk/reports/W/next"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """An office of whose workshop one person has not answered."""
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("W")
    for number, place in enumerate(PLACES[:6]):
        person = story.person("W", place)
        if number:
            story.answers(person, "M6", use_1="tried")
        else:
            story.silent(person, "M6")
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


def stand(office: ToldOffice) -> dict[str, Content]:
    found = office.database.read(list_steps, "W", CUT_OFF)
    return {one.key: one.content for one in found}


async def test_a_step_is_worded_released_kept_dropped_and_taken_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows("Change … silent")
    await ana.presses("Save it", words="Call them in June.", owner="Organiser")
    assert stand(office)["silent"].words == "Call them in June."
    await ana.presses("Release silent")
    assert "Released, without its count" in ana.note
    await ana.presses("Keep for the office silent")
    await ana.presses("Drop silent")
    assert stand(office)["silent"].state == "dropped"
    await ana.presses("Undo")
    assert stand(office)["silent"].state == "office"


async def test_a_step_of_the_office_needs_somebody_who_does_it(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows("Add one …")
    await ana.presses("Add it", words="Hold a webinar.")
    assert stand(office)["own-1"].words == "Hold a webinar."
    await ana.presses("Release own-1")
    assert "does not say who does it" in ana.errors
    assert "followup" not in ana.text
