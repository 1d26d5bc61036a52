"""The page about personal data: all of it in words, a file, and deletion after one question."""

import json

from sqlalchemy import func, select

from storage.schema import addresses, answers
from tests.bot.stage import Stage
from tests.bot.web.conftest import Opening


async def test_the_page_shows_everything_gives_a_copy_and_deletes(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    window = await browser(ada)
    await window.presses("Start")
    await window.chooses("Same job")
    await window.follows("What we store about you")
    assert "Name: Ada Vea" in window.screen.text
    assert "in December 2017? Same job" in window.screen.text
    await window.follows("Send me a copy as a file")
    assert window.answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(window.answer.content)["name"] == "Ada Vea"
    await window.opens(window.path.partition("?")[0] + "?show=delete")
    assert window.screen.buttons == [
        "Delete everything and my answers",
        "Keep my answers, without my name",
    ]
    await window.presses("Delete everything and my answers")
    assert window.answer.status_code == 200
    assert window.screen.heading.startswith("Done. Your name")
    assert window.screen.links == {}
    left = await stage.rows(select(func.count()).select_from(answers))
    assert left == [(0,)]
    assert await stage.rows(addresses.select()) == []
    await window.opens(window.path.partition("?")[0])
    assert window.screen.heading == "This link does not work."
