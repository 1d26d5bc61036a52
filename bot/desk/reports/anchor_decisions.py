"""What the office decides about anchors: whether a description is one, and whether a dispute counts.

An organiser accepts or rejects what an officer wrote as the title of an anchor; that wins over the rule
that reads titles. Where sources of a delegation say different things, the office decides. Nobody outside
the office is told, so all of it is done at once, and can be undone as long as nobody has decided since.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from analysis.measures.anchor_statuses import TITLE
from bot.audit import record
from bot.desk.reports.undoable import Undoable
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.answers import answers_of
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import lock_case
from storage.office.audit import Act
from storage.responses.anchor_decisions import (
    UNDECIDED,
    AboutAnchor,
    AnchorDecision,
    add_anchor_decision,
    decisions_about,
    get_anchor_decision,
)

if TYPE_CHECKING:
    from analysis.measures.delegations.claims import FreshClaim

DESCRIPTION, DISPUTE = "description", "dispute"
ACCEPTED, REJECTED, YES, NO = "accepted", "rejected", "yes", "no"
SAID = {
    ACCEPTED: "The description of {anchor} in case {case} is accepted.",
    REJECTED: "The description of {anchor} in case {case} is rejected.",
    YES: "The dispute is decided: {anchor} of case {case} counts.",
    NO: "The dispute is decided: {anchor} of case {case} does not count.",
}
IS = {
    ACCEPTED: "accepted",
    REJECTED: "rejected",
    YES: "decided: it counts",
    NO: "decided: it does not count",
    UNDECIDED: "undecided",
}
NAMES = {
    DESCRIPTION: "The description of {anchor} in case {case}",
    DISPUTE: "The dispute about {anchor} of case {case}",
}


@dataclass(frozen=True)
class AnchorPlace:
    """An anchor as it was told in a case. `read` is what `sign_of` gives of the title that was read.

    Without it the title is taken as it stands.
    """

    case: int
    anchor: str
    read: int | None = None


@dataclass(frozen=True)
class AnchorDecided(Undoable):
    """An anchor after an act, in words."""

    command = "anchor undo"
    case: int
    anchor: str
    said: str
    undo: int = 0


def sign_of(title: str) -> int:
    """Return a number that tells one title from another."""
    return zlib.crc32(title.encode())


def accept_description(
    connection: Connection, office: Office, place: AnchorPlace, now: datetime
) -> AnchorDecided:
    """Accept what an officer wrote as the title of an anchor. Repeating it changes nothing.

    Raise Conflict if the case gives no title of it, or another one than was read.
    """
    return _describe(connection, office, place, (ACCEPTED, Act.DESCRIPTION_ACCEPTED), now)


def reject_description(
    connection: Connection, office: Office, place: AnchorPlace, now: datetime
) -> AnchorDecided:
    """Reject a title: then only a document that the office has seen makes more of it than a claim."""
    return _describe(connection, office, place, (REJECTED, Act.DESCRIPTION_REJECTED), now)


def decide_dispute(
    connection: Connection, office: Office, place: AnchorPlace, decision: str, now: datetime
) -> AnchorDecided:
    """Decide whether a disputed anchor counts, `yes` or `no`. Repeating it changes nothing.

    Raise Conflict if nobody disputes it, and nothing was decided.
    """
    lock_case(connection, place.case)
    claim = _claim(connection, place, now)
    of = AboutAnchor(place.case, place.anchor, DISPUTE)
    if claim.decided is None and str(claim.anchor.standing) != "disputed":
        raise Conflict(
            f"Nobody disputes {place.anchor} of case {place.case}. {_list(claim.workshop)}"
        )
    if claim.decided is (decision == YES):
        return _unchanged(of, decision)
    new = AnchorDecision(decision, None, office.acting, now)
    return _decide(connection, office, of, new, Act.DISPUTE_DECIDED)


def undo_decision(
    connection: Connection, office: Office, number: int, now: datetime
) -> AnchorDecided:
    """Take a decision back: what was decided before it counts again.

    If somebody has decided since, nothing is changed, and that is said.
    """
    of = get_anchor_decision(connection, number)
    lock_case(connection, of.case_id)
    newest, *earlier = decisions_about(connection, of)
    if newest.id != number:
        words = f"{_name(of)} is {IS[newest.decision]} since, by {newest.by}."
        return AnchorDecided(of.case_id, of.anchor, f"{words} Nothing was changed.")
    before = earlier[0] if earlier else AnchorDecision(UNDECIDED, None, "", now)
    again = AnchorDecision(before.decision, before.answered_at, office.acting, now)
    done = _add(connection, office, of, again, Act.ANCHOR_UNDECIDED)
    return AnchorDecided(
        of.case_id, of.anchor, f"{_name(of)} is {IS[again.decision]} again.", done
    )


def _describe(
    connection: Connection,
    office: Office,
    place: AnchorPlace,
    wanted: tuple[str, Act],
    now: datetime,
) -> AnchorDecided:
    decision, act = wanted
    lock_case(connection, place.case)
    given = answers_of(connection, [place.case])[place.case].get(f"{TITLE}{place.anchor}")
    if given is None or not given.value.strip():
        code = load_file(connection, place.case).workshop.code
        raise Conflict(f"Case {place.case} gives no title of {place.anchor!r}. {_list(code)}")
    if place.read not in (None, sign_of(given.value)):
        code = load_file(connection, place.case).workshop.code
        raise Conflict(f"The title was changed since you read it. {_list(code)}")
    of = AboutAnchor(place.case, place.anchor, DESCRIPTION)
    standing = next(iter(decisions_about(connection, of)), None)
    if standing and (standing.decision, standing.answered_at) == (decision, given.at):
        return _unchanged(of, decision)
    new = AnchorDecision(decision, given.at, office.acting, now)
    return _decide(connection, office, of, new, act)


def _decide(
    connection: Connection, office: Office, of: AboutAnchor, new: AnchorDecision, act: Act
) -> AnchorDecided:
    said = SAID[new.decision].format(anchor=of.anchor, case=of.case_id)
    return AnchorDecided(of.case_id, of.anchor, said, _add(connection, office, of, new, act))


def _add(
    connection: Connection, office: Office, of: AboutAnchor, new: AnchorDecision, act: Act
) -> int:
    about = f"case {of.case_id} {of.anchor} {new.decision}"
    number = add_anchor_decision(connection, of, new)
    record(connection, office, act, about, new.at, anchor_decision=number)
    return number


def _unchanged(of: AboutAnchor, decision: str) -> AnchorDecided:
    words = f"{_name(of)} is {IS[decision]} already. Nothing was changed."
    return AnchorDecided(of.case_id, of.anchor, words)


def _name(of: AboutAnchor) -> str:
    return NAMES[of.about].format(anchor=of.anchor, case=of.case_id)


def _claim(connection: Connection, place: AnchorPlace, now: datetime) -> FreshClaim:
    """Return the claim of an anchor in a case. Raise Conflict if the case makes none."""
    from analysis.measures.verification import fresh_claims_of

    code = load_file(connection, place.case).workshop.code
    for one in fresh_claims_of(connection, [code], now):
        if (one.case, one.anchor.kind) == (place.case, place.anchor):
            return one
    raise Conflict(
        f"Case {place.case} says of no anchor {place.anchor!r} that it is new or changed since the "
        f"workshop. {_list(code)}"
    )


def _list(code: str) -> str:
    return f"`followup anchor list {code}` shows cases and anchors."
