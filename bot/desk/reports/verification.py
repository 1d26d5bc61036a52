"""What the office does with anchors: note that it has seen a proof, and take that back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.cases import answers_of
from storage.office.audit import Act
from storage.responses.verifications import (
    add_verification,
    find_verification,
    withdraw_verification,
)
from surveys.problems import BadInput, Problem

IN_FORCE = "in_force"


@dataclass(frozen=True)
class Inspection:
    """Who of the office has seen what."""

    by: str
    how: str


@dataclass(frozen=True)
class VerificationResult:
    """What became of a verification: the anchor, and whether anything changed."""

    case: int
    anchor: str
    changed: bool
    by: str


def verify(
    connection: Connection,
    office: Office,
    anchor: tuple[int, str],
    seen: Inspection,
    now: datetime,
) -> VerificationResult:
    """Note that somebody has seen the proof of an anchor in force, given by case and code.

    Twice changes nothing and says so. Conflict when nobody told of such an anchor in that case,
    BadInput when it is not said who has seen what.
    """
    by, how = seen.by.strip(), seen.how.strip()
    said = (("--by", by), ("--how", how))
    missing = [Problem(name, "", "is empty.", fix="Say it.") for name, text in said if not text]
    if missing:
        raise BadInput(tuple(missing))
    case, code = anchor
    answers = answers_of(connection, [case])[case]
    told = [answers.get(f"{prefix}{code}") for prefix in ("anchor_status_", "new_status_")]
    if not any(answer is not None and answer.value == IN_FORCE for answer in told):
        raise Conflict(
            f"Nobody told in case {case} of an anchor {code!r} in force. "
            "`followup anchor list CODE` shows cases and anchors."
        )
    known = find_verification(connection, case, code)
    if known is None:
        add_verification(connection, anchor, by, how, now)
        record(connection, office, Act.VERIFIED, f"case {case} {code}", now)
    return VerificationResult(case, code, known is None, known.by if known else by)


def unverify(
    connection: Connection, office: Office, anchor: tuple[int, str], by: str, now: datetime
) -> VerificationResult:
    """Take a verification back. Twice changes nothing and says so."""
    known = find_verification(connection, *anchor)
    if known is not None:
        withdraw_verification(connection, known.id, by, now)
        about = f"case {anchor[0]} {anchor[1]}"
        record(connection, office, Act.UNVERIFIED, about, now)
    return VerificationResult(*anchor, known is not None, by)
