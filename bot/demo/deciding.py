"""The office of the demonstration decides about anchors: it asks, and so finds out what is true."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.demo.cast import Cast
from bot.demo.reading import READER
from bot.demo.titles import NOT_KNOWN
from bot.demo.truth import FRESH
from bot.desk.reports.anchor_decisions import (
    DISPUTE,
    NO,
    YES,
    AnchorPlace,
    accept_description,
    decide_dispute,
    reject_description,
)
from bot.desk.reports.anchor_queue import WaitingAnchor, waiting_anchors
from bot.desk.reports.verification import Inspection, verify
from bot.settings.office import Office

MONTHS = {"M6": 6, "M12": 12}
ASKED = 4
"""How many disputes, descriptions and documents the office has time for; the others wait."""
SEEN = Inspection(by=READER, how="a copy of the text")


def decide_anchors(connection: Connection, office: Office, cast: Cast, now: datetime) -> None:
    """Decide some disputes as the truth is, look at some documents, and reject what says nothing."""
    asking = office.acting_as(READER)
    waiting = waiting_anchors(connection, now)
    for one in _newest(one for one in waiting if one.about == DISPUTE):
        decision = YES if _is_true(cast, one) else NO
        decide_dispute(connection, asking, _place(one), decision, now)
    titled = [one for one in waiting if one.about != DISPUTE]
    for one in _newest(one for one in titled if one.title == NOT_KNOWN):
        reject_description(connection, asking, _place(one), now)
    for one in _newest(one for one in titled if _is_true(cast, one) and one.title != NOT_KNOWN):
        accept_description(connection, asking, _place(one), now)
        verify(connection, asking, (one.case, one.anchor), SEEN, now)


def _newest(found: Iterable[WaitingAnchor]) -> list[WaitingAnchor]:
    """Return some of them, each of another delegation, those of twelve months first."""
    ordered = sorted(found, key=lambda one: -MONTHS[one.wave])
    first = {(one.workshop, one.administration): one for one in reversed(ordered)}
    return list(first.values())[-ASKED:]


def _is_true(cast: Cast, one: WaitingAnchor) -> bool:
    ground = cast.ground(one.workshop, one.administration)
    return ground.status(one.anchor, MONTHS[one.wave]) in FRESH


def _place(one: WaitingAnchor) -> AnchorPlace:
    return AnchorPlace(one.case, one.anchor)
