"""Running the demonstration for somebody to look at: progress, an excerpt, files in a folder."""

import asyncio
import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.cast import PLACES, Cast
from bot.demo.comparing import Beside, compare
from bot.demo.database import AtOnce
from bot.demo.office_chat import MANAGER, asks_for_report
from bot.demo.office_surveys import RESULTS as SURVEYS
from bot.demo.summary import Summary, summarise
from bot.demo.year import ENDS, HERO, Year, demo_office
from bot.desk.reports.choices import Wishes, file_name
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import HEAVY, STAFF, reports
from bot.desk.reports.scopes import ALL
from bot.runtime.apart import all_apart, read_beforehand
from bot.runtime.transactions import Transactions
from storage.files import beside, write_file

if TYPE_CHECKING:
    from storage.database import Database

FORMS = ("txt", "json", "xlsx", "pdf")
PROCESSES = min(4, os.cpu_count() or 1)
"""How many processes draw the reports; each takes as much memory as the bot."""
DATABASE = "demo.sqlite3"
EXCERPT_FROM = "Six months after"
EXCERPT_LINES = 44
SHOWN = "RM-2017"
"""The workshop that the manager asks about."""


def live_a_year(
    folder: Path,
    seed: int,
    progress: Callable[[datetime], None] = lambda now: None,
    until: datetime = ENDS,
) -> Summary:
    """Run the year into a folder: database, lists, transcript and summary.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{DATABASE}-*"):
        old.unlink()
    with beside(folder / DATABASE) as new:
        year = Year(new, seed, AtOnce)
        try:
            asyncio.run(year.run(progress, until))
            summary = year.application.transactions.database.read(summarise, seed, until)
        finally:
            year.close()
    _write_texts(folder, year, summary)
    return summary


def _write_texts(folder: Path, year: Year, summary: Summary) -> None:
    lists = folder / "lists"
    lists.mkdir(exist_ok=True)
    for code, listed in year.lists.items():
        write_file(lists / f"{code}.csv", listed.encode())
    lines = [f"Conversation with {HERO} (invented)", "", *year.hero_lines()]
    write_file(folder / "transcript.txt", "\n".join([*lines, ""]).encode())
    data = dataclasses.asdict(summary) | {"until": summary.until.isoformat()}
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    write_file(folder / "summary.json", text.encode())


@dataclass(frozen=True)
class Wanted:
    """A report that is written into a folder in some forms."""

    folder: Path
    name: str
    codes: tuple[str, ...]
    forms: tuple[str, ...] = FORMS
    wishes: Wishes = STAFF

    def file(self, form: str) -> Path:
        """Return the file for a form."""
        return self.folder / "reports" / file_name(self.name, form, self.wishes)


def read_libraries() -> None:
    """Let what draws reports be read while the year is lived: a year needs one processor only."""
    read_beforehand(HEAVY)


def write_reports(folder: Path, progress: Callable[[], None] = lambda: None) -> list[Path]:
    """Reports of each workshop and of all together for the office, one for Members, and surveys.

    All are presented, as readers outside the office get no drafts. `progress` is called after each.
    """
    (folder / "reports").mkdir(exist_ok=True)
    wanted = wanted_reports(folder)
    with _opened(folder) as database:
        for name in dict.fromkeys(one.name for one in wanted if not one.wishes.survey):
            set_status(database, demo_office(), name, ("presented", "members"), ENDS)
    for _ in all_apart(HEAVY, PROCESSES, write_report, wanted):
        progress()
    return [one.file(form) for one in wanted for form in one.forms]


def wanted_reports(folder: Path) -> list[Wanted]:
    """Return the reports of a year, the longest first."""
    return [
        Wanted(folder, ALL, ()),
        *(Wanted(folder, code, (code,)) for code in PLACES),
        *(
            Wanted(folder, f"{code} {wave}", (code,), ("pdf",), Wishes(survey=wave))
            for code, wave in SURVEYS
        ),
        Wanted(folder, ALL, (), ("pdf",), Wishes("good_practice")),
    ]


def write_report(wanted: Wanted) -> None:
    """Write one report in its forms."""
    with _opened(wanted.folder) as database:
        made = reports(database, demo_office(), wanted.codes, wanted.forms, ENDS, wanted.wishes)
    for form, content in made.items():
        write_file(wanted.file(form), content)


@contextmanager
def _opened(folder: Path) -> Iterator["Database"]:
    """Give the database of a year that was lived into a folder."""
    from storage.database import Database

    database = Database(f"sqlite:///{folder / DATABASE}")
    try:
        yield database
    finally:
        database.close()


def write_office_chat(folder: Path) -> list[Path]:
    """Write how a manager asks for a report in chat: the conversation, and the picture in it."""
    from storage.database import Database

    transactions = Transactions(Database(f"sqlite:///{folder / DATABASE}"))
    try:
        lines, pictures = asyncio.run(asks_for_report(transactions, demo_office(), SHOWN, ENDS))
    finally:
        transactions.close()
    head = f"Conversation with {MANAGER.label} of the office (invented)"
    files = {"office-chat.txt": "\n".join([head, "", *lines, ""]).encode(), **pictures}
    for name, content in files.items():
        write_file(folder / name, content)
    return [folder / name for name in files]


def beside_truth(folder: Path, seed: int) -> tuple[Beside, ...]:
    """Return the figures of a year that was lived into a folder, each beside the truth."""
    with _opened(folder) as database:
        return database.read(compare, Cast(seed), ENDS)


def excerpt(folder: Path) -> list[str]:
    """Some lines of the transcript: the questionnaire six months after the workshop."""
    lines = (folder / "transcript.txt").read_text("utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if EXCERPT_FROM in line), 1)
    return lines[max(0, start - 1) : start + EXCERPT_LINES]
