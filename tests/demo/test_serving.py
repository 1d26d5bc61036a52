"""The page over the demonstration: the link that is printed works."""

from datetime import UTC, datetime
from pathlib import Path

from httpx import AsyncClient

from bot.demo.serving import begun, served
from tests.patience import PATIENCE

EARLY = datetime(2017, 11, 14, tzinfo=UTC)
"""The first workshop is just over."""


async def test_the_printed_link_shows_an_open_questionnaire(tmp_path: Path) -> None:
    """Lives six weeks, which takes seconds: before them nobody has a questionnaire open."""
    year = begun(tmp_path / "demo", 2017)
    try:
        await year.run(until=EARLY)
        async with served(year, 0) as link, AsyncClient(timeout=PATIENCE) as client:
            page = await client.get(link)
    finally:
        year.close()
    assert page.status_code == 200
    assert "Start" in page.text
    assert "Before the workshop" in page.text
