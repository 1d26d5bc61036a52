"""The anchors about which the office is asked: titles that nobody has read, and disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.anchor_decisions import DESCRIPTION, DISPUTE
from bot.settings.office import Office
from storage.office.audit import Act

if TYPE_CHECKING:
    from analysis.measures.delegations.claims import FreshClaim


@dataclass(frozen=True)
class WaitingAnchor:
    """An anchor that waits for a word of the office, and `about` what: its description, or a dispute.

    `evidence` is how good the evidence is now. `sources` are what all sources of the delegation say.
    """

    about: str
    case: int
    wave: str
    workshop: str
    administration: str
    anchor: str
    title: str
    evidence: str
    sources: tuple[tuple[str, str], ...]


def waiting_anchors(connection: Connection, now: datetime) -> list[WaitingAnchor]:
    """Return disputes, then unread titles, each by workshop and case; whoever shows one records it.

    A dispute is one of a delegation and a wave, whoever claims the anchor.
    """
    from analysis.measures.verification import fresh_claims_of

    found = fresh_claims_of(connection, (), now)
    disputes = {
        (one.workshop, one.administration, one.wave, one.anchor.kind): one
        for one in reversed(found)
        if str(one.anchor.standing) == "disputed"
    }
    unread = [one for one in found if one.title and one.accepted is None]
    return [
        *(_waiting(one, DISPUTE) for one in sorted(disputes.values(), key=_place)),
        *(_waiting(one, DESCRIPTION) for one in sorted(unread, key=_place)),
    ]


def record_shown(
    connection: Connection, office: Office, one: WaitingAnchor, now: datetime
) -> None:
    """Record that a title was read; nothing if there is none."""
    if one.title:
        record(connection, office, Act.TEXTS_READ, f"{one.workshop} anchors", now, texts=1)


def _place(one: FreshClaim) -> tuple[str, int, str]:
    return one.workshop, one.case, one.anchor.kind


def _waiting(one: FreshClaim, about: str) -> WaitingAnchor:
    from analysis.measures.verification import EVIDENCE

    return WaitingAnchor(
        about,
        one.case,
        one.wave,
        one.workshop,
        one.administration,
        one.anchor.kind,
        one.title,
        EVIDENCE[one.anchor.evidence] if one.anchor.evidence else "",
        one.sources,
    )
