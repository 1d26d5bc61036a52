"""Which texts a report waits for first: those of the wave that closed last, and was not presented since.

No report has a day of its own; what it is made of has: the days on which waves close.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.queued_texts import STATES
from storage.fieldwork.waves import Wave, waves_in
from storage.office.report_status import report_statuses_by_scope
from surveys.report_status import DRAFT

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText


class Turn(IntEnum):
    """The turns of texts: of a wave that closed, of an open one, and of one that was presented."""

    CLOSED = 0
    OPEN = 1
    PRESENTED = 2


@dataclass(frozen=True, order=True)
class Wanted:
    """How soon a report wants the texts of a wave; what is wanted first is the least.

    `days` count from the newest wave that closed, or to the first that will.
    """

    turn: Turn
    days: int
    workshop: str
    wave: str

    @property
    def by_a_report(self) -> bool:
        """Whether the report of the workshop has yet to be presented with this wave."""
        return self.turn is not Turn.PRESENTED


def in_order_wanted(
    connection: Connection, texts: Iterable[OwnText]
) -> list[tuple[OwnText, Wanted]]:
    """Return texts, unread ones first, and those first that a report waits for; with how soon."""
    found = tuple(texts)
    wanted = _wanted(connection, {one.workshop for one in found})
    return sorted(((one, wanted[one.workshop, one.wave]) for one in found), key=_place)


def _place(told: tuple[OwnText, Wanted]) -> tuple[int, Wanted, int, str]:
    one, wanted = told
    return STATES.index(one.state), wanted, one.case_id, one.item


def _wanted(connection: Connection, codes: set[str]) -> dict[tuple[str, str], Wanted]:
    statuses = report_statuses_by_scope(connection)
    found = {}
    for code, waves in waves_in(connection, codes).items():
        status, at = statuses.get(code, (DRAFT, None))
        presented = at if status.published else None
        for key, wave in waves.items():
            found[code, key] = Wanted(*_turn(wave, presented), code, key)
    return found


def _turn(wave: Wave, presented: datetime | None) -> tuple[Turn, int]:
    if wave.closed_at is None:
        return Turn.OPEN, wave.closes_on.toordinal()
    told = presented is not None and wave.closed_at <= presented
    return Turn.PRESENTED if told else Turn.CLOSED, -wave.closed_at.toordinal()
