"""Which sentences of reports the demonstration says: each is marked with a number in its translation."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

import analysis.wording
from analysis.reports.audiences import Wishes
from bot.demo.cast import PLACES
from bot.demo.office_surveys import RESULTS
from bot.demo.year import ENDS, demo_office
from bot.desk.reports.reporting import report
from storage.database import Database

LANGUAGE = "fr"
"""The language that the marks take the place of."""
EARLIER = tuple(
    datetime(year, month, day, tzinfo=UTC)
    for year, month, day in ((2017, 6, 1), (2017, 11, 25), (2018, 6, 12))
)
"""While waves are open, and before anything is known."""
SENTENCE = re.compile(r"[.!?]$")
VALUE = re.compile(r"\{\w+\}")
MARK = re.compile(r"⟦(\d+)⟧")


def sentences() -> list[str]:
    """All sentences of reports in English, the plural of those that have two."""
    with (Path(str(analysis.wording.PLACE)) / f"{LANGUAGE}.po").open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    texts = (one.id if isinstance(one.id, str) else one.id[-1] for one in catalog if one.id)
    return [text for text in texts if SENTENCE.search(text)]


@contextmanager
def marked(folder: Path) -> Iterator[None]:
    """Let reports in `LANGUAGE` say the number of each sentence, with the values in it."""
    place = folder / "locale"
    shutil.copytree(Path(str(analysis.wording.PLACE)), place)
    _mark(place / f"{LANGUAGE}.po")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.wording, "PLACE", place)
        analysis.wording.report_catalogue.cache_clear()
        yield
    analysis.wording.report_catalogue.cache_clear()


def _mark(path: Path) -> None:
    numbers = {text: number for number, text in enumerate(sentences())}
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    for message in catalog:
        several = not isinstance(message.id, str)
        text = message.id[-1] if several else message.id
        if text in numbers:
            mark = " ".join([f"⟦{numbers[text]}⟧", *VALUE.findall(text)])
            message.string = (mark,) * len(message.string) if several else mark
    with path.open("wb") as file:
        write_po(file, catalog)


def said(pages: Iterable[str]) -> set[str]:
    """The sentences that stand on some pages."""
    every = sentences()
    return {every[int(number)] for page in pages for number in MARK.findall(page)}


def pages(database: Database) -> Iterator[str]:
    """Reports for the office at some times, all surveys, and three years."""
    for code in (None, *PLACES):
        yield _page(database, code)
    for moment in EARLIER:
        yield from (_page(database, code, moment) for code in (None, "RM-2017", "PM-VN-2017"))
    yield _page(database, donor="NORAD")
    for code, wave in RESULTS:
        yield _page(database, code, survey=wave)
    for year in (2016, 2017, 2018):
        yield _page(database, fiscal_year=year)


def _page(database: Database, code: str | None = None, now: datetime = ENDS, **wishes: Any) -> str:
    codes = [code] if code else []
    made = report(database, demo_office(), codes, "json", now, Wishes(language=LANGUAGE, **wishes))
    return made.decode()


def not_said(database: Database, folder: Path) -> list[str]:
    """The sentences that stand on no page of the demonstration."""
    with marked(folder):
        found = said(pages(database))
    return [text for text in sentences() if text not in found]
