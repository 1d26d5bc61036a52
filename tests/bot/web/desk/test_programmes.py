"""Changes of programmes that are taken back, whatever became of their workshops."""

from dataclasses import replace

from bot.desk.workshops.programmes import add_programme
from bot.desk.workshops.renaming import rename
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


async def test_results_of_a_programme_called_like_a_former_code_are_taken_back(
    stage: Stage, signed_in: SignIn
) -> None:
    write, office = stage.application.transactions.write, stage.application.office
    await stage.workshop(SUVA)
    await write(add_programme, office, (SUVA.code, "Kula"), ("", ""), stage.now)
    ana = await (await signed_in()).opens("/desk/workshops/programmes")
    table = b"operation,cases\nKula,12\n"
    await ana.presses("Save the results", ("results.csv", table, "text/csv"))
    await ana.opens("/desk/workshops/programmes")
    undone = [one for one in ana.buttons if one.startswith("Undo of")]
    assert undone == [f"Undo of imported {SUVA.code} results"]
    assert f"Programme changed: {SUVA.code}" in ana.text
    await write(rename, office, SUVA.code, "IPR-FJ", stage.now)
    await ana.opens("/desk")
    await ana.presses(f"Undo of imported {SUVA.code} results")
    assert ana.note == f"The programme {SUVA.code} is as before."
