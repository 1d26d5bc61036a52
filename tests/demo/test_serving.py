"""The page and the desk over the demonstration: the links that are printed work."""

from datetime import UTC, datetime
from pathlib import Path

from httpx import AsyncClient
from lxml import html

from bot.demo.serving import begun, served
from tests.patience import PATIENCE

EARLY = datetime(2017, 11, 14, tzinfo=UTC)
"""The first workshop is just over."""


async def test_the_printed_links_show_an_open_questionnaire_and_the_desk(tmp_path: Path) -> None:
    """Lives six weeks, which takes seconds: before them nobody has a questionnaire open."""
    year = begun(tmp_path / "demo", 2017)
    try:
        await year.run(until=EARLY)
        async with served(year, 0) as links, AsyncClient(timeout=PATIENCE) as client:
            page = await client.get(links.participant)
            door = html.fromstring((await client.get(links.desk)).text)
            (form,) = door.xpath("//form")
            desk = await client.post(links.desk, data=dict(form.form_values()))
            assert desk.status_code == 303
            desk = await client.get(links.desk.partition("/sign-in")[0])
    finally:
        year.close()
    assert page.status_code == 200
    assert "Start" in page.text
    assert "Before the workshop" in page.text
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}
    assert "November 2017" in desk.text
