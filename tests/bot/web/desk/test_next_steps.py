"""The next steps of a report at the desk: proposed, worded, released, dropped, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.reports.next_steps import list_steps
from storage.database import Database
from tests.analysis.builder import CUT_OFF, PLACES, Story
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
