"""Texts in the order in which reports wait for them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.reports.own_words import TextPlace, own_words, withhold
from bot.desk.reports.read_lately import words_at_desk
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.report_status import put_report_status
from surveys.planning.plans_file import packaged_plans
from surveys.report_status import ReportStatus
from tests.analysis.builder import CUT_OFF, READ_AT, Story

EVA = Office(Rules(packaged_plans(), ("telegram",))).acting_as("S-EVA")
CLOSED = {"RKC": 3, "IPR": 2, "TFA": 1}
"""How many days before a text was read the wave of a workshop closed."""
CODES = ("AEO", "CVA", "IPR", "RKC", "TFA")


class Waiting:
    """A text of a wave of each of five workshops; the waves of AEO and CVA are open."""

    def __init__(self, url: str) -> None:
        self.story = Story(url)
        for code in CODES:
            person = self.story.workshop(code).person(code, "FJ")
            self.story.answers(person, "M3", example=code, quote="anonymous")
        for code, days in CLOSED.items():
            at = READ_AT - timedelta(days=days)
            self.story.set("waves", self.story.wave(code, "M3"), closed_at=at)
        later = (READ_AT + timedelta(days=99)).date()
        self.story.set("waves", self.story.wave("AEO", "M3"), closes_on=later)
        self.story.connection.commit()
        self.database = Database(url)

    def present(self, code: str) -> None:
        status = ReportStatus(1, "presented", "members", READ_AT)
        self.database.run(put_report_status, code, status, "S-EVA", READ_AT)

    def order(self) -> list[str]:
        return [one.text for one in self.database.read(own_words, (), "", CUT_OFF)]

    def wanted(self) -> str | None:
        first = self.database.read(words_at_desk, CUT_OFF).wanted
        return first.workshop if first else None


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Waiting]:
    waiting = Waiting(f"sqlite:///{tmp_path / 'wanted.sqlite3'}")
    yield waiting
    waiting.database.close()
    waiting.story.close()


def test_the_wave_that_closed_last_comes_first_and_open_ones_by_their_end(
    waiting: Waiting,
) -> None:
    assert waiting.order() == ["TFA", "IPR", "RKC", "CVA", "AEO"]
    assert waiting.wanted() == "TFA"


def test_what_was_presented_already_comes_last(waiting: Waiting) -> None:
    waiting.present("TFA")
    assert waiting.order() == ["IPR", "RKC", "CVA", "AEO", "TFA"]
    assert waiting.wanted() == "IPR"


def test_a_text_that_was_read_or_presented_is_wanted_by_no_report(waiting: Waiting) -> None:
    waiting.present("TFA")
    for one in waiting.database.read(own_words, (), "", CUT_OFF)[:4]:
        waiting.database.run(withhold, EVA, TextPlace(one.case, one.item), CUT_OFF)
    assert waiting.order() == ["TFA", "IPR", "RKC", "CVA", "AEO"]
    assert waiting.wanted() is None
