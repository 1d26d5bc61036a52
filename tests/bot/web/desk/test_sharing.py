"""Share links at the desk: what is asked before, the address shown once, the end and its undo.

Making one takes a second: it draws a page.
"""

from dataclasses import replace

import pytest

from bot.desk.reports.report_status import set_status
from bot.desk.reports.sharing import list_shares
from bot.web import Doors
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import desk_at_ease

PAGE = f"/desk/reports/{SUVA.code}/share"


@pytest.fixture
async def app(stage: Stage) -> Doors:
    """The desk of an office with a web page, and Ada in its workshop."""
    await stage.joined("Ada Vea")
    working = stage.application
    office = replace(working.office, public_url=PUBLIC)
    return Doors(desk_at_ease(working.transactions, office, working.clock), None)


async def test_a_link_is_made_shown_once_ended_and_restored(
    stage: Stage, signed_in: SignIn
) -> None:
    database, office = stage.application.transactions.database, stage.application.office
    set_status(database, office, SUVA.code, ("presented", None), stage.now)
    ana = await signed_in()
    await ana.opens(f"/desk/reports/{SUVA.code}")
    await ana.follows("Share links")
    await ana.follows("Make a link …")
    assert "Nothing else." in ana.text
    assert database.read(list_shares) == []
    await ana.presses("Make the link", readers="rtc", label="Tokyo")
    assert f"{PUBLIC}/r/" in ana.answer.text
    (one,) = database.read(list_shares)
    await ana.opens(PAGE)
    assert f"{PUBLIC}/r/" not in ana.answer.text
    await ana.presses(f"End now link {one.code}")
    assert "shows nothing any more" in ana.note
    await ana.presses("Undo")
    assert "works again" in ana.note
    assert database.read(list_shares)[0].ended_at is None


async def test_a_draft_is_not_shared(stage: Stage, signed_in: SignIn) -> None:
    ana = await signed_in()
    await ana.opens(f"{PAGE}?do=make")
    await ana.presses("Make the link", readers="rtc", label="Tokyo")
    assert "draft" in ana.text
    assert "followup report" not in ana.text
    assert stage.application.transactions.database.read(list_shares) == []


async def test_a_manager_makes_no_link(signed_in: SignIn) -> None:
    eva = await signed_in(StaffRole.MANAGER, "Eva")
    assert (await eva.client.get(PAGE)).status_code == 403
