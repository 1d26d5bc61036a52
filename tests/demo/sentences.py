"""Which sentences of reports the demonstration says: each is marked with a number in its translation."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

import analysis.wording
from analysis.reports.audiences import Wishes
from bot.demo.cast import PLACES
from bot.demo.office_surveys import RESULTS
from bot.demo.year import ENDS, demo_office
from bot.desk.reports.comparing import compare
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports_of
from bot.desk.reports.scopes import asked_for
from storage.database import Database

OFFICE = replace(demo_office(), name="The regional office")
LANGUAGE = "fr"
"""The language that the marks take the place of."""
EARLIER = tuple(
    datetime(year, month, day, tzinfo=UTC)
    for year, month, day in ((2017, 6, 1), (2017, 11, 25), (2018, 6, 12))
)
"""While waves are open, and before anything is known."""
BEGUN = (
    ("TFA-2017", datetime(2018, 2, 21, tzinfo=UTC)),
    ("AEO-2017", datetime(2018, 4, 10, tzinfo=UTC)),
    ("ORIGIN-2017", datetime(2017, 8, 25, tzinfo=UTC)),
)
"""When a wave has just begun, or everybody has replied in it."""
BEFORE_ADVICE = datetime(2017, 10, 15, tzinfo=UTC)
"""Before the office recommends anything; its only workshop so far was asked in May."""
FEW_REPLIES = datetime(2018, 3, 1, tzinfo=UTC)
"""When fewer than five people of a workshop in Viet Nam have answered."""
BEFORE_READING = datetime(2018, 8, 1, tzinfo=UTC)
"""Before the office releases texts and recommendations."""
LATER = ENDS + timedelta(days=1)
PRESENTED = (
    (datetime(2017, 9, 15, tzinfo=UTC), "FY2016", "presented", "members"),
    (BEFORE_ADVICE, "FY2016", "presented", "members"),
    (BEFORE_ADVICE, "ORIGIN-2017", "presented", "members"),
    (FEW_REPLIES, "PM-VN-2017", "presented", "public"),
    (FEW_REPLIES, "donor:NORAD", "presented", "members"),
    (BEFORE_READING, "PM-VN-2017", "final", "public"),
    (ENDS, "IPR-KH-2017", "presented", "public"),
    (ENDS, "FY2017", "presented", "members"),
    (ENDS, "VAL-2019/PRE", "presented", "members"),
    (LATER, "VAL-2019/NEEDS", "final", "members"),
    (LATER, "IPR-2017/IPR12", "presented", "members"),
    (LATER, "ELEARN-2018/SCANNERS", "presented", "members"),
)
"""What is presented when, in order: its scope, its status, and who may read it.

Most are early, or about few people: the more answers a report tells outside, the longer it takes to
see which of its numbers would tell of few people."""
READERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "FY2016": (("good_practice", ""),),
    "ORIGIN-2017": (("member", "BT"),),
    "PM-VN-2017": (("newsletter", ""), ("member", "VN")),
    "donor:NORAD": (("donor", "NORAD"),),
    "IPR-KH-2017": (("newsletter", ""),),
    "FY2017": (("good_practice", ""),),
    "VAL-2019/PRE": (("trainer", ""),),
    "VAL-2019/NEEDS": (("trainer", ""), ("member", "TO")),
    "IPR-2017/IPR12": (("member", "TO"), ("member", "LA")),
    "ELEARN-2018/SCANNERS": (("rtc", ""), ("member", "TO")),
}
"""Who reads each of them."""
COMPARED: Sequence[tuple[datetime, *tuple[str, ...]]] = (
    (EARLIER[0], "ORIGIN-2017"),
    (ENDS, "RM-2017"),
    (ENDS, "RM-2017", "CYBER-2017"),
    (ENDS, "all"),
)
"""What is compared when."""
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
            message.string = (mark,) * len(message.string or ()) if several else mark
    with path.open("wb") as file:
        write_po(file, catalog)


def said(pages: Iterable[str]) -> set[str]:
    """The sentences that stand on some pages."""
    every = sentences()
    return {every[int(number)] for page in pages for number in MARK.findall(page)}


def for_readers_outside(database: Database) -> Iterator[str]:
    """Yield reports for readers outside.

    The database is changed: reports are presented, one is final.
    """
    for moment, scope, status, level in PRESENTED:
        set_status(database, OFFICE, scope, (status, level), moment)
        for readers, whom in READERS[scope]:
            yield _outside(database, scope, moment, Wishes(readers, whom, LANGUAGE))


def for_the_office(database: Database) -> Iterator[str]:
    """Yield reports at some times, all surveys, three years, and reports beside each other."""
    for code in (None, *PLACES):
        yield _page(database, code)
    for moment in EARLIER:
        yield from (_page(database, code, moment) for code in (None, "RM-2017", "PM-VN-2017"))
    for code, moment in BEGUN:
        yield _page(database, code, moment)
    yield _page(database, "FORENSICS-2018", datetime(2018, 6, 18, tzinfo=UTC), survey="SCANNERS")
    yield _page(database, donor="NORAD")
    for code, wave in RESULTS:
        yield _page(database, code, survey=wave)
    for year in (2016, 2017, 2018):
        yield _page(database, fiscal_year=year)
    for moment, *scopes in COMPARED:
        wishes = Wishes(language=LANGUAGE)
        yield compare(database, OFFICE, scopes, "json", moment, wishes).decode()


def _outside(database: Database, scope: str, now: datetime, wishes: Wishes) -> str:
    codes, asked = asked_for(scope, wishes)
    return reports_of(database, OFFICE, codes, ["json"], now, asked)["json"].decode()


def _page(database: Database, code: str | None = None, now: datetime = ENDS, **wishes: Any) -> str:
    codes = [code] if code else []
    wanted = Wishes(language=LANGUAGE, **wishes)
    made = reports_of(database, OFFICE, codes, ["json"], now, wanted)["json"]
    return made.decode()


def said_by(
    database: Database, folder: Path, pages: Callable[[Database], Iterator[str]]
) -> set[str]:
    """Return the sentences that some pages of the demonstration say."""
    with marked(folder):
        return said(pages(database))
