"""Retention at the desk: what is due is counted, and deleted after a question."""

import pytest

from storage.office.audit import Act, entries_of
from storage.office.staff import StaffRole
from storage.operations.heartbeats import HELD, record_heartbeat
from storage.people.addresses import people_with_addresses
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window


@pytest.fixture
async def ann(stage: Stage, signed_in: SignIn) -> Window:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    await stage.joined("Ada Vea")
    await stage.joined("Ben Oti")
    stage.at("2019-03-20 10:00")
    return await signed_in(StaffRole.ADMINISTRATOR, "Ann")


def due(ann: Window) -> dict[str, list[str]]:
    """Return the counts of the page by what is kept."""
    return {
        row.xpath("./th")[0].text_content(): [
            one.text_content() for one in row.xpath('./td[@class="n"]')
        ]
        for row in ann.tree.xpath("//tbody/tr")
    }


async def test_what_is_due_is_counted_and_deleted_after_a_question(
    stage: Stage, ann: Window
) -> None:
    await ann.opens("/desk/office/retention")
    assert due(ann)["Addresses, codes and links of people"] == ["2", "2", "2"]
    await ann.follows("Delete what is due now …")
    assert "Addresses, codes and links of people: 2." in ann.panel
    assert "Texts" not in ann.panel
    await ann.presses("Delete it")
    assert ann.note == "Deleted: addresses, codes and links of 2 people; 0 texts; 0 files."
    assert due(ann)["Addresses, codes and links of people"] == ["0", "0", "0"]
    assert "Delete what is due now …" not in ann.links
    read = stage.application.transactions.read
    assert await read(people_with_addresses, range(1, 9)) == {}
    (line,) = await read(entries_of, Act.FORGOTTEN)
    assert (line.who, line.counts["people"]) == ("S-DESKANN", 2)
    await ann.opens("/desk/office/retention?do=delete")
    assert "Nothing is due. Nothing was changed." in ann.errors


async def test_what_will_be_due_is_seen_ahead(stage: Stage, signed_in: SignIn) -> None:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    await stage.joined("Ada Vea")
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    stage.at("2018-12-20 10:00")
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/retention")
    assert due(ann)["Addresses, codes and links of people"] == ["0", "0", "1"]


async def test_nothing_goes_while_the_clock_may_be_wrong(stage: Stage, ann: Window) -> None:
    await ann.opens("/desk/office/retention?do=delete")
    await stage.application.transactions.write(record_heartbeat, HELD, stage.now)
    await ann.presses("Delete it")
    assert "After a long gap the clock may be wrong" in ann.errors
    assert await stage.application.transactions.read(people_with_addresses, range(1, 9))
