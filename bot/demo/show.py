"""Running the demonstration for somebody to look at: progress, an excerpt, files in a folder."""

import asyncio
import dataclasses
import json
from collections.abc import Callable, Sequence
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
from bot.desk.reports.reporting import reports
from bot.desk.reports.scopes import ALL
from bot.runtime.transactions import Transactions
from storage.files import beside, write_file

if TYPE_CHECKING:
    from storage.database import Database

FORMS = ("txt", "json", "xlsx", "pdf")
FORMS_OUTSIDE = ("pdf",)
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


def write_reports(folder: Path, progress: Callable[[str], None] = lambda code: None) -> list[Path]:
    """Reports of each workshop and of all together for the office, and one for Members.

    All are presented, as readers outside the office get no drafts.
    """
    from storage.database import Database

    place = folder / "reports"
    place.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / DATABASE}")
    written = []
    try:
        for name, codes in [(ALL, []), *[(code, [code]) for code in PLACES]]:
            progress(name)
            set_status(database, demo_office(), name, ("presented", "members"), ENDS)
            written += _write(database, place, name, codes, FORMS, Wishes())
        written += _write(database, place, ALL, [], FORMS_OUTSIDE, Wishes("good_practice"))
    finally:
        database.close()
    return written


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
    from storage.database import Database

    database = Database(f"sqlite:///{folder / DATABASE}")
    try:
        return database.read(compare, Cast(seed), ENDS)
    finally:
        database.close()


def write_survey_results(
    folder: Path, progress: Callable[[str], None] = lambda code: None
) -> list[Path]:
    """Return the pages of all surveys, for the office, with the answers so far."""
    from storage.database import Database

    place = folder / "reports"
    place.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / DATABASE}")
    written = []
    try:
        for code, wave in SURVEYS:
            progress(wave)
            wishes = Wishes(survey=wave)
            written += _write(database, place, f"{code} {wave}", [code], ("pdf",), wishes)
    finally:
        database.close()
    return written


def _write(
    database: "Database",
    place: Path,
    name: str,
    codes: list[str],
    forms: Sequence[str],
    wishes: Wishes,
) -> list[Path]:
    """Write one report in some forms."""
    made = reports(database, demo_office(), codes, forms, ENDS, wishes)
    for form, content in made.items():
        write_file(place / file_name(name, form, wishes), content)
    return [place / file_name(name, form, wishes) for form in made]


def excerpt(folder: Path) -> list[str]:
    """Some lines of the transcript: the questionnaire six months after the workshop."""
    lines = (folder / "transcript.txt").read_text("utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if EXCERPT_FROM in line), 1)
    return lines[max(0, start - 1) : start + EXCERPT_LINES]
