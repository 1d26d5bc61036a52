"""Changes of programmes that are taken back, whatever became of their workshops."""

from dataclasses import replace

from bot.desk.workshops.programmes import add_programme
from storage.fieldwork.calendar_imports import delete_unused
from storage.fieldwork.workshops import put_workshop
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn


async def test_today_opens_when_a_workshop_of_a_changed_programme_is_gone(
    stage: Stage, signed_in: SignIn
) -> None:
    write, office = stage.application.transactions.write, stage.application.office
    await write(put_workshop, replace(SUVA, code="GONE-1"))
    await write(add_programme, office, ("IPR-1", "Action"), ("GONE-1", ""), stage.now)
    await write(add_programme, office, ("IPR-1", "Action"), ("", ""), stage.now)
    assert await write(delete_unused, "GONE-1")
    ana = await (await signed_in()).opens("/desk")
    assert ana.status == 200
    undo, *_ = [one for one in ana.buttons if "programme" in one]
    await ana.presses(undo)
    assert "GONE-1" in ana.errors
