"""Running the demonstration for somebody to look at: progress, an excerpt, files in a folder."""

import asyncio
import dataclasses
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.demo.cast import PLACES
from bot.demo.summary import Summary, summarise
from bot.demo.year import ENDS, HERO, Year, demo_office
from bot.desk.reports.reporting import reports
from storage.files import beside, write_file

FORMS = ("txt", "json", "xlsx", "pdf")
DATABASE = "demo.sqlite3"
EXCERPT_FROM = "Six months after"
EXCERPT_LINES = 44


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
        year = Year(new, seed)
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
    """Reports of each workshop and of all together, in all forms."""
    from storage.database import Database

    place = folder / "reports"
    place.mkdir(exist_ok=True)
    office = demo_office()
    database = Database(f"sqlite:///{folder / DATABASE}")
    written = []
    try:
        for name, codes in [("all", []), *[(code, [code]) for code in PLACES]]:
            progress(name)
            for form, content in reports(database, office, codes, FORMS, ENDS).items():
                written.append(place / f"{name}.{form}")
                write_file(written[-1], content)
    finally:
        database.close()
    return written


def excerpt(folder: Path) -> list[str]:
    """Some lines of the transcript: the questionnaire six months after the workshop."""
    lines = (folder / "transcript.txt").read_text("utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if EXCERPT_FROM in line), 1)
    return lines[max(0, start - 1) : start + EXCERPT_LINES]
