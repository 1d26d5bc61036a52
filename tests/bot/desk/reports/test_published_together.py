"""Nobody finds a count of a few people in all reports together: of each audience, scope and version.

Random small surveys of three workshops, of which two donors each paid two. Reports are presented, some
people come late, and they are presented again. What the JSON of all of them tells is read with integer
programs, also by administrations that know what their own people said. Nobody is told that an option
was chosen by nobody, or that a count includes nobody without an answer where its note says that it may.
Every other format is made of what the JSON tells and of nothing else.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.disclosure.question import Row, Telling
from analysis.formats.json import render, report_of
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports
from bot.desk.reports.scopes import asked_for
from bot.desk.reports.viewing import View
from storage.database import Database
from storage.office.report_versions import all_cut_offs
from tests.analysis.builder import PLACES, Story
from tests.analysis.disclosure.attacker import (
    Attacker,
    Column,
    Counted,
    answered,
    anybody,
    replied,
)
from tests.analysis.disclosure.worlds import (
    PASSED,
    SILENT,
    Guest,
    Said,
    World,
    question,
    world_of_two_dates,
)
from tests.bot.desk.reports.conftest import CLOSED, FIRST, LATE, OFFICE, SECOND
from tests.bot.web.desk.test_published_worlds import CODES, LABELS, NEARLY_ALL, OF

WORKSHOPS = {"all": ("A", "B", "C"), "donor:P": ("A", "B"), "donor:Q": ("B", "C"), "A": ("A",)}
READERS = {
    "all": ("good_practice", "rtc", "newsletter", "member:AU"),
    "donor:P": ("donor:P", "good_practice"),
    "donor:Q": ("donor:Q",),
    "A": ("donor:P", "rtc"),
}

SEEDS = (21, 9)
"""Of each administration one delegate, and several."""
ANOTHER = "another"
"""Any other option of the questionnaire. Nobody chooses it, but readers do not know that."""
WITH_BLANKS = "including any who gave no answer"
Cells = list[Any]


@dataclass(frozen=True)
class Table:
    """The rows of a printed table, and the note under it."""

    rows: list[Cells]
    note: str = ""


Tables = dict[str, Table]


# The surveys


class Survey:
    """A database in which the people of a survey come and answer."""

    def __init__(self, file: Path) -> None:
        self.story = Story(f"sqlite:///{file}")
        for code, donors in (("A", ("P",)), ("B", ("P", "Q")), ("C", ("Q",))):
            self.story.workshop(code, donors=donors)
            self.story.set("waves", self.story.wave(code, "M6"), closed_at=CLOSED)
        self.database = Database(f"sqlite:///{file}")

    def close(self) -> None:
        self.story.close()
        self.database.close()

    def come(self, guest: Guest) -> None:
        place, first = PLACES[int(guest.place.removeprefix("place ")) % len(PLACES)], None
        for name, said in guest.said:
            workshop, late = name[:1], name.endswith("late")
            person = self.story.person(workshop, place, same_as=first)
            first = first or person
            case = self._answers(person, said)
            if late:
                self.story.set("cases", case, created_at=LATE)
                self.story.set("enrolments", person, enrolled_at=LATE)

    def _answers(self, person: int, said: Said) -> int:
        if said == SILENT:
            return self.story.silent(person, "M6")
        if said == PASSED:
            return self.story.answers(person, "M6", skipped="obstacles", use_1="tried")
        named = " ".join(CODES[one] for one in said)
        return self.story.answers(person, "M6", use_1="tried", obstacles=named)

    def told(self, scope: str, at: datetime) -> Iterator[bytes]:
        """Yield the JSON of a report that is presented, as each of its readers gets it."""
        set_status(self.database, OFFICE, scope, ("presented", "public"), at)
        for readers in READERS[scope]:
            codes, wishes = asked_for(scope, View(scope, readers).wishes(OFFICE))
            yield reports(self.database, OFFICE, codes, ["json"], at, wishes)["json"]

    def counted(self, scope: str) -> dict[str, datetime]:
        """Return until when the newest version of a report counts each workshop."""
        mine = [one for one in self.database.read(all_cut_offs) if one.scope == scope]
        newest = max(one.version for one in mine)
        return {one.workshop: one.at for one in mine if one.version == newest}


# What is told


def tables_of(told: bytes) -> Tables:
    """Return each table of a report that has rows, from its JSON."""
    return {
        one["key"]: Table(one["rows"], one["note"])
        for section in json.loads(told)["sections"]
        for one in section["tables"]
        if one["rows"]
    }


def together(every: list[bytes]) -> Tables:
    """Return what all audiences of a report are told, who are told no different numbers."""
    found: Tables = {}
    for told in every:
        for key, table in tables_of(told).items():
            assert key.startswith("own_") or found.setdefault(key, table) == table
    return found


class Reader(Attacker):
    """Somebody who reads all reports, and knows how many were asked; perhaps of an administration."""

    def __init__(self, world: World, place: str = "") -> None:
        super().__init__(world, question(world), {}, place)

    def reads(self, key: str, tables: Tables) -> None:
        """Take in what the tables of a report on a set tell."""
        self._replies(key, [row[1:] for row in tables.get("fieldwork", Table([])).rows])
        if found := tables.get("obstacles"):
            self._options(key, {row[1]: str(row[3]) for row in found.rows}, found.note)

    def reads_replies(self, key: str, row: Cells) -> None:
        """Take in how many replied in a workshop, as a report on more workshops tells it."""
        self._replies(key, [row[1:]])

    def _replies(self, key: str, rows: list[Cells]) -> None:
        for asked, number, *_ in rows:
            if isinstance(number, int):
                self._attended(key, anybody, asked)
                self._attended(key, replied, number)

    def _attended(self, key: str, counted: Counted, number: int) -> None:
        """Take in a count in which whoever was at two workshops counts at each."""
        held = self.world.sets[key]
        times = {n: _times(column, held, counted) for n, column in enumerate(self.columns)}
        of_some = {n: weight for n, weight in times.items() if weight}
        mine = [one for one in self.world.of(key) if one.place == self.place]
        left = number - sum(_times(one.said, held, counted) for one in mine)
        weights = np.array([*of_some.values()], float)
        assert left == self.seen[0][[*of_some]] @ weights, "what is printed is not true"
        places = np.array([*of_some], np.int32)
        self.solver.addRow(left, left, len(places), places, weights)

    def _options(self, key: str, texts: dict[str, str], note: str) -> None:
        seen = {code: texts[label] for code, label in LABELS.items() if label in texts}
        for code, text in seen.items():
            if found := OF.match(text):
                units, base = map(int, found.groups())
                row = Row((code,), units, Telling.COUNT)
                self.hear(key, self._inside(key, base, note), base, [row])
            elif found := NEARLY_ALL.match(text):
                base = int(found[2])
                row = Row((code,), 0, Telling.NEARLY_ALL)
                self.hear(key, self._inside(key, base, note), base, [row])

    def _inside(self, key: str, base: int, note: str) -> Counted:
        """Return who is counted in a base: the most people that it can mean."""
        ways: tuple[Counted, ...] = (anybody, replied) if WITH_BLANKS in note else (answered,)
        said = [*self.world.said(key).values()]
        return next(one for one in ways if sum(map(one, said)) == base)


def _times(column: Column, held: Collection[str], counted: Counted) -> int:
    return sum(workshop in held and counted(said) for workshop, said in column)


class Told:
    """All that was told of a survey: tables by set, and the parts of the survey that each set holds."""

    def __init__(self) -> None:
        self.sets: dict[str, tuple[str, ...]] = {}
        self.tables: list[tuple[str, Tables]] = []
        self.replies: list[tuple[str, Cells]] = []

    def add(self, scope: str, counted: dict[str, datetime], tables: Tables) -> None:
        """Take in what a version of a report tells, with the people whom it counts."""
        parts = {code: parts_until(code, counted[code]) for code in WORKSHOPS[scope]}
        key = " ".join(sum(parts.values(), ()))
        self.sets[key] = sum(parts.values(), ())
        self.tables.append((key, tables))
        for row in tables.get("replies", Table([])).rows:
            name = " ".join(parts[row[0]])
            self.sets[name] = parts[row[0]]
            self.replies.append((name, row))

    def finds(self, world: World, place: str) -> list[object]:
        """Return what a reader of it all finds."""
        options = (*world.options, ANOTHER)
        reader = Reader(replace(world, sets=self.sets, options=options), place)
        for key, tables in self.tables:
            reader.reads(key, tables)
        for key, row in self.replies:
            reader.reads_replies(key, row)
        return [*reader.finds()]


def parts_until(code: str, at: datetime) -> tuple[str, ...]:
    return (code, f"{code} late") if at >= LATE else (code,)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_finds_a_few_people_in_the_reports_of_all_audiences_scopes_and_versions(
    seed: int, tmp_path: Path
) -> None:
    world, told = world_of_two_dates(seed), Told()
    with closing(Survey(tmp_path / "office.sqlite3")) as office:
        for at, late in ((FIRST, False), (SECOND, True)):
            for guest in world.guests:
                if guest.said[0][0].endswith("late") is late:
                    office.come(guest)
            office.story.connection.commit()
            for scope in WORKSHOPS:
                every = [*office.told(scope, at)]
                assert [one for one in every if render(report_of(one)) != one] == []
                told.add(scope, office.counted(scope), together(every))
    # Whoever has five people only later could have read the first version as one of few.
    people = Counter(guest.place for guest in world.guests if guest.said[0][0] in WORKSHOPS["all"])
    members = [place for place, number in people.most_common(2) if number >= 5]
    for place in ("", *members):
        assert told.finds(world, place) == [], place
