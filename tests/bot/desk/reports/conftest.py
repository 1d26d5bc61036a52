"""An office whose reports have versions: twelve officers answered after six months."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.reports.choices import Wishes
from bot.desk.reports.report_status import ScopeStatus, set_status
from bot.desk.reports.reporting import reports
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import PLACES, Story

CODE = "W0"
CLOSED = datetime(2018, 6, 8, tzinfo=UTC)
FIRST = datetime(2018, 6, 20, tzinfo=UTC)
LATE = FIRST + timedelta(days=7)
SECOND = FIRST + timedelta(days=14)
RTC = Wishes("rtc")
OFFICE = Office(Rules(packaged_plans(), ("demo",)), acting="S-EVA")


class Versions:
    """A database told by a story, in which reports are presented and handed out."""

    def __init__(self, url: str) -> None:
        self.told = Story(url).workshop(CODE, donors=("JICA",))
        self.database = Database(url)
        self.people: dict[str, int] = {}
        self.cases: dict[tuple[str, str], int] = {}

    def officers(self, places: Sequence[str], wave: str = "M6", use: str = "tried") -> None:
        """Officers of some administrations answer a wave."""
        for place in places:
            self.people.setdefault(place, self.told.person(CODE, place))
            given = {"use_1": use, "effects": "faster", "anchors": "none"}
            self.cases[place, wave] = self.told.answers(self.people[place], wave, **given)
        self.told.connection.commit()

    def close(self, wave: str = "M6", at: datetime = CLOSED) -> None:
        """End a wave."""
        self.told.set("waves", self.told.wave(CODE, wave), closed_at=at)
        self.told.connection.commit()

    def change(self, places: Sequence[str], at: datetime = LATE) -> None:
        """Some officers correct what they said."""
        for place in places:
            self.told.changes(self.cases[place, "M6"], "use_1", "regular", at)
        self.told.connection.commit()

    def present(self, at: datetime, status: str = "presented", scope: str = CODE) -> ScopeStatus:
        """Present the report, or make it final."""
        return set_status(self.database, OFFICE, scope, (status, None), at)

    def report(
        self,
        at: datetime,
        form: str = "json",
        wishes: Wishes = RTC,
        codes: Sequence[str] = (CODE,),
    ) -> str:
        """A report as text, for readers outside the office if not said otherwise."""
        return reports(self.database, OFFICE, codes, [form], at, wishes)[form].decode()


def told_in(url: str) -> Iterator[Versions]:
    """Twelve officers of twelve administrations answered after six months; the wave is over."""
    with opened(url) as made:
        made.officers(PLACES[:12])
        made.close()
        yield made


@contextmanager
def opened(url: str) -> Iterator[Versions]:
    """The office with a workshop to which nobody has come yet."""
    made = Versions(url)
    yield made
    made.told.close()
    made.told.connection.engine.dispose()
    made.database.close()


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[Versions]:
    """The office on SQLite, for the rules of versions."""
    yield from told_in(f"sqlite:///{tmp_path / 'office.sqlite3'}")


@pytest.fixture
def empty_office(tmp_path: Path) -> Iterator[Versions]:
    """The office with a workshop to which nobody has come yet."""
    with opened(f"sqlite:///{tmp_path / 'office.sqlite3'}") as made:
        yield made


@pytest.fixture
def on_both(empty_url: str) -> Iterator[Versions]:
    """The office on SQLite and on PostgreSQL, for what is stored and found again."""
    yield from told_in(empty_url)
