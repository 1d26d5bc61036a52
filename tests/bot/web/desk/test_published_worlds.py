"""No reader of all that is published finds a count of a few people, whatever they read it in.

Random small surveys, reports of overlapping workshops, and of each a page, a file, a share link or a
feed: what is read there, with integer programs over all of it. Takes seconds: each report is worked out
from its answers, for readers of its own.
"""

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook

from analysis.disclosure.question import Row, Telling
from bot.desk.reports.feeds import FeedPlan, make_feed, read_feed
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports
from bot.desk.reports.scopes import asked_for
from bot.desk.reports.shared import shared_file
from bot.desk.reports.sharing import SharePlan, make_share
from bot.desk.reports.viewing import View, view
from storage.database import Database
from storage.office.report_versions import FIGURES
from storage.office.share_links import all_shares
from storage.office.staff import StaffRole
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.disclosure.attacker import Attacker, Counted, answered, anybody, replied
from tests.analysis.disclosure.worlds import (
    PASSED,
    SILENT,
    Said,
    World,
    overlapping_world,
    question,
)
from tests.bot.web.desk.told_office import SHARING
from tests.staff import employ

CODES = {"v": "staff", "w": "no_opportunity", "x": "time"}
LABELS = {"v": "Too few staff", "w": "No chance to use it", "x": "Too little time"}
SCOPES = {"donor P": "donor:P", "donor Q": "donor:Q", "workshop A": "A"}
READERS = {"donor P": "donor:P", "donor Q": "donor:Q", "workshop A": "good_practice"}
BESIDE = 12
"""In so many cells after its label stands what is told of an option."""
HIDDEN = "not shown"
NEARLY_ALL = re.compile(r"at least (\d+) of (\d+)$")
OF = re.compile(r"(\d+) of (\d+) \(")
Cells = Iterator[list[str]]


def told_by(world: World, file: Path) -> None:
    """Store a survey in a file as if it had been asked, and its waves closed."""
    story = Story()
    for code in ("A", "B", "C"):
        donors = [key for key in ("donor P", "donor Q") if code in world.sets[key]]
        story.workshop(code, donors=tuple(one.removeprefix("donor ") for one in donors))
    for guest in world.guests:
        place, first = PLACES[int(guest.place.removeprefix("place "))], None
        for code, said in guest.said:
            here = story.person(code, place, same_as=first)
            first = first or here
            if said == SILENT:
                story.silent(here, "M6")
            elif said == PASSED:
                story.answers(here, "M6", skipped="obstacles", use_1="tried")
            else:
                named = " ".join(CODES[one] for one in said)
                story.answers(here, "M6", use_1="tried", obstacles=named)
    for code in ("A", "B", "C"):
        story.set("waves", story.wave(code, "M6"), closed_at=CUT_OFF - timedelta(days=1))
    story.connection.commit()
    with closing(sqlite3.connect(file)) as copy:
        story.connection.connection.driver_connection.backup(copy)
    story.close()


# What readers have before them, as the cells of its rows


def in_a_file(database: Database, scope: str, readers: str) -> Cells:
    codes, wishes = asked_for(scope, View(scope, readers).wishes(SHARING))
    book = reports(database, SHARING, codes, ["xlsx"], CUT_OFF, wishes)["xlsx"]
    for sheet in load_workbook(io.BytesIO(book), read_only=True):
        yield from ([str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))


def behind_a_link(database: Database, scope: str, readers: str) -> Cells:
    codes, wishes = asked_for(scope, View(scope, readers).wishes(SHARING))
    plan = SharePlan(codes, wishes, "", SHARING.day_of(CUT_OFF))
    make_share(database, SHARING, plan, CUT_OFF)
    page = database.read(shared_file, database.read(all_shares)[0], "html")
    assert page
    for row in html.fromstring(page).xpath("//tr"):
        yield [" ".join(one.text_content().split()) for one in row]


def in_a_feed(database: Database, scope: str, readers: str) -> Cells:
    codes, wishes = asked_for(scope, View(scope, readers).wishes(SHARING))
    eva = database.run(employ, ("demo", "eva"), StaffRole.ORGANISER, CUT_OFF, "Eva")
    make_feed(database, SHARING, FeedPlan(codes, wishes, eva, SHARING.day_of(CUT_OFF)), CUT_OFF)
    share = database.read(all_shares)[0]
    text = read_feed(database, SHARING, share, "figures.csv", CUT_OFF).decode("utf-8-sig")
    yield from csv.reader(io.StringIO(text))


def on_the_page(database: Database, scope: str, readers: str) -> Cells:
    seen = database.read(view, SHARING, View(scope, readers), CUT_OFF).report
    for part in seen.sections:
        for table in part.tables:
            yield from ([str(cell) for cell in row] for row in table.rows)


Outlet = Callable[[Database, str, str], Cells]
AT_ONCE: tuple[Outlet, ...] = (in_a_feed, on_the_page)
OUTLETS: tuple[Outlet, ...] = (*AT_ONCE, in_a_file, behind_a_link)


def printed(rows: Cells) -> dict[str, str]:
    """Return what stands beside each option: a count with its base, a bound, or that it is not shown."""
    cells = [cell for row in rows for cell in row]
    found: dict[str, str] = {}
    for option, label in LABELS.items():
        if label in cells:
            beside = cells[cells.index(label) + 1 :][:BESIDE]
            found[option] = next(
                one for one in beside if OF.match(one) or NEARLY_ALL.match(one) or one == HIDDEN
            )
    return found


def keep_figures(database: Database, scope: str, readers: str) -> None:
    """Work out the figures here: for a feed, another process would."""
    codes, wishes = asked_for(scope, View(scope, readers).wishes(SHARING))
    reports(database, SHARING, codes, [FIGURES], CUT_OFF, wishes)


class Reader(Attacker):
    """Somebody who reads what is printed, and knows how many were asked."""

    def __init__(self, world: World) -> None:
        super().__init__(world, question(world), {})

    def reads(self, key: str, seen: dict[str, str]) -> None:
        """Take in what stands beside the options in the report on a set."""
        counts = {option: OF.match(text) for option, text in seen.items()}
        bounds = [NEARLY_ALL.match(text) for text in seen.values()]
        bases = {int(one[2]) for one in (*counts.values(), *bounds) if one}
        said = self.world.said(key).values()
        inside, base = answered, sum(map(answered, said))
        if bases:
            (base,) = bases
            inside = self._inside(base, list(said))
        rows = [Row((o,), int(one[1]), Telling.COUNT) for o, one in counts.items() if one]
        rows += [
            Row((o,), 0, Telling.NEARLY_ALL) for o, one in seen.items() if NEARLY_ALL.match(one)
        ]
        self.hear(key, inside, base, rows)

    def _inside(self, base: int, said: list[Said]) -> Counted:
        ways: tuple[Counted, ...] = (answered, replied, anybody)
        return next(one for one in ways if sum(map(one, said)) == base)


@settings(max_examples=2, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 9999).map(overlapping_world), st.sampled_from(sorted(SCOPES)))
def test_page_file_link_and_feed_say_the_same_and_tell_no_count_of_a_few(
    world: World, drawn: str
) -> None:
    """One of the reports is also drawn, as a file and behind a link."""
    reader = Reader(world)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "office.sqlite3"
        told_by(world, file)
        with closing(Database(f"sqlite:///{file}")) as database:
            for key, scope in SCOPES.items():
                set_status(database, SHARING, scope, ("presented", "public"), CUT_OFF)
                keep_figures(database, scope, READERS[key])
                outlets = OUTLETS if key == drawn else AT_ONCE
                seen = [printed(read(database, scope, READERS[key])) for read in outlets]
                assert [one for one in seen if one != seen[0]] == []
                if seen[0]:
                    reader.reads(key, seen[0])
    assert list(reader.finds()) == []
