"""The verification of anchors: the office records that it has seen a proof, or withdraws that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from analysis.measures.anchor_statuses import STANDING
from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.answers import answers_of
from storage.office.audit import Act
from storage.responses.shown_files import files_of_claim
from storage.responses.verifications import (
    add_verification,
    find_verification,
    withdraw_verification,
)
from surveys.interview.answers import Answer
from surveys.problems import BadInput, Problem

FILES_KEPT = (
    "Files are kept for {code} of case {case}: {numbers}. Remove them first, which cannot be "
    "undone."
)


@dataclass(frozen=True)
class Inspection:
    """Who of the office has seen the proof (`by`), and what it was (`how`)."""

    by: str
    how: str


@dataclass(frozen=True)
class VerificationResult:
    """An anchor after an act, whether the act changed it, and who verified it."""

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
    """Record that the proof of an anchor in force was seen; `anchor` is case number and code.

    Repeating it changes nothing and says so. Raise Conflict if the case reports no such anchor,
    BadInput if `by` or `how` is empty.
    """
    by, how = seen.by.strip(), seen.how.strip()
    given = (("--by", by), ("--how", how))
    missing = [
        Problem(
            name,
            "",
            "is empty.",
            fix="Write a name." if name == "--by" else "Write what was seen.",
        )
        for name, text in given
        if not text
    ]
    if missing:
        raise BadInput(tuple(missing))
    case, code = anchor
    answers = answers_of(connection, [case])[case]
    if not _is_in_force(answers, code):
        raise Conflict(
            f"Case {case} reports no anchor {code!r} in force. "
            "`followup anchor list CODE` shows cases and anchors."
        )
    known = find_verification(connection, case, code)
    if known is None:
        add_verification(connection, anchor, by, how, now)
        record(connection, office, Act.VERIFIED, f"case {case} {code}", now)
    return VerificationResult(case, code, known is None, known.by if known else by)


def _is_in_force(answers: Mapping[str, Answer], code: str) -> bool:
    """Return whether a case says that an anchor is in force, or still is."""
    told = [answers.get(f"{prefix}{code}") for prefix in ("anchor_status_", "new_status_")]
    still = answers.get("still")
    return any(answer is not None and answer.value in STANDING for answer in told) or (
        still is not None and code in still.value.split()
    )


def unverify(
    connection: Connection, office: Office, anchor: tuple[int, str], by: str, now: datetime
) -> VerificationResult:
    """Withdraw a verification. Repeating it changes nothing and says so.

    Raise Conflict while files are kept for it: they are removed first, as that cannot be undone.
    """
    known = find_verification(connection, *anchor)
    if known is not None:
        _check_no_files(connection, *anchor)
        withdraw_verification(connection, known.id, by, now)
        about = f"case {anchor[0]} {anchor[1]}"
        record(connection, office, Act.UNVERIFIED, about, now)
    return VerificationResult(*anchor, known is not None, by)


def _check_no_files(connection: Connection, case: int, code: str) -> None:
    """Raise Conflict if files are kept for an anchor."""
    numbers = [str(one.id) for one in files_of_claim(connection, case, code)]
    if numbers:
        raise Conflict(FILES_KEPT.format(code=code, case=case, numbers=", ".join(numbers)))
