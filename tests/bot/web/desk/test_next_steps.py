"""The next steps of a report at the desk: proposed, worded, released, dropped, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.reports.next_steps import list_steps, release
from bot.desk.reports.steps import StepPlace
from storage.database import Database
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.bot.web.desk.offices import OFFICE
from tests.bot.web.desk.told_office import ToldOffice

PAGE = "/desk/reports/W/steps"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """An office whose officers asked for examples."""
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("W")
    for place in PLACES[:8]:
        story.answers(story.person("W", place), "M3", use_1="not_yet", help="templates")
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


def stand(office: ToldOffice) -> list[tuple[str, str]]:
    found = office.database.read(list_steps, "W", office.now)
    return [(one.content.words, str(one.content.state)) for one in found]


async def test_a_step_is_added_released_kept_dropped_and_taken_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens("/desk/reports/W")
    await ana.follows("Next steps")
    await ana.follows("Add a step …")
    await ana.presses("Add it", words="Two days with an expert.", owner="")
    key = office.database.read(list_steps, "W", office.now)[-1].key
    await ana.presses(f"Release step {key}")
    assert "does not say who does it" in ana.errors
    assert "followup" not in ana.text
    await ana.opens(PAGE)
    await ana.follows(f"Change … step {key}")
    await ana.presses("Save it", owner="ROCB")
    await ana.presses(f"Release step {key}")
    assert stand(office)[-1] == ("Two days with an expert.", "released")
    await ana.presses("Undo")
    assert stand(office)[-1][1] == "office"
    await ana.presses(f"Drop step {key}")
    assert stand(office)[-1][1] == "dropped"
    await ana.presses(f"For the office alone step {key}")
    assert stand(office)[-1][1] == "office"


async def test_what_is_still_told_outside_is_taken_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    place = StepPlace("W", "silent")
    office.database.run(release, OFFICE, place, office.now)
    await ana.opens(PAGE)
    assert "no longer applies by rule; still told outside" in ana.text
    await ana.presses("Take back step silent")
    assert "still told outside" not in ana.text
    assert [one[1] for one in stand(office)] == ["office", "office"]


async def test_a_released_step_cannot_lose_who_does_it(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.presses("Release step help")
    await ana.follows("Change … step help")
    await ana.presses("Save it", owner="")
    assert "does not say who does it" in ana.errors
    assert stand(office)[0][1] == "released"
    assert (
        office.database.read(list_steps, "W", office.now)[0].content.owner == "Programme manager"
    )


async def test_what_a_rule_proposes_says_on_how_many_it_rests(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    assert len(stand(office)) >= 1
    assert "for the office alone" in ana.text
    words = stand(office)[0][0]
    assert words in ana.text
    assert (await ana.opens("/desk/reports/FY2017/steps")).status in (404, 409)


async def test_done_lately_takes_the_last_change_of_a_step_back(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    key = office.database.read(list_steps, "W", office.now)[0].key
    await ana.presses(f"Drop step {key}")
    await ana.presses(f"For the office alone step {key}")
    for page in ("/desk/workshops/W", "/desk"):
        await ana.opens(page)
        undo = [one for one in ana.buttons if one.startswith("Undo")]
        assert undo == [f"Undo of next step changed W {key} office"]
    await ana.presses(*undo)
    assert stand(office)[0][1] == "dropped"
