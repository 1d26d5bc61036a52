"""What the answers about formal anchors mean: one vocabulary for every version of the questionnaires.

Officers and supervisors are asked for the status of what they tick, contact points for that of every
kind. Earlier versions did not ask since when something is in force, and asked supervisors and contact
points for ticks only.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it reads pandas, and the office asks here without
    from analysis.facts.responses import Response

CODES = ("procedure", "training", "unit", "budget", "system", "law")
"""The kinds of anchors in the order in which they are asked for: a law counts with a procedure only."""


class Status(StrEnum):
    """How far an anchor is, in the codes of the answers.

    `IN_FORCE` says nothing of since when: an earlier version did not ask, and supervisors and contact
    points may not know. `NOT_IN_FORCE` is theirs too, and stands for "None yet".
    """

    PROPOSED = "proposed"
    DRAFTED = "drafted"
    APPROVED = "approved"
    NEW = "new"
    CHANGED = "changed"
    BEFORE = "before"
    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    DONT_KNOW = "dont_know"


PIPELINE = (Status.PROPOSED, Status.DRAFTED, Status.APPROVED)
"""Planned and not in force, from the beginning to the end."""
SINCE_THE_WORKSHOP = frozenset((Status.NEW, Status.CHANGED))
"""In force, and new or changed since the workshop: the claim of a result."""
STANDING = SINCE_THE_WORKSHOP | {Status.BEFORE, Status.IN_FORCE}
"""In force today, since whenever."""
DENYING = frozenset((*PIPELINE, Status.NOT_IN_FORCE, Status.BEFORE))
"""Says in words that nothing of this kind is in force that is new or changed since the workshop."""

TICKS = {
    "M6": "anchors",
    "M12": "anchors_new",
    "SUP6": "anchors",
    "SUP12": "anchors",
    "NCP12": "in_force",
}
"""The question that ticks kinds, by wave; contact points were asked it in earlier versions only."""
STATUSES = {
    "M6": "anchor_status_",
    "M12": "new_status_",
    "SUP6": "anchor_seen_",
    "SUP12": "anchor_seen_",
    "NCP12": "seen_",
}
"""What the name of the question for a status begins with, by wave; the code of the kind follows."""
TITLE = "title_"
"""The same of the question for the title of an anchor, at M6 and M12."""
_KNOWN = frozenset(Status)
"""An office's own version of a questionnaire may have other codes, which are not counted."""
_TICKS_ALONE = ("SUP6", "SUP12", "NCP12")
"""Waves whose earlier versions asked for ticks and no status."""
_WITHOUT_TICKS = ("NCP12",)
"""Waves that ask for the status of every kind."""


def statuses(response: "Response") -> Mapping[str, Status]:
    """Return what a response says of kinds of anchors; a kind that it does not speak of is left out.

    "None yet" denies every kind. A tick of a supervisor or contact point who was asked for no status
    is in force, since whenever.
    """
    ticked, prefix = response.codes(TICKS[response.wave]), STATUSES[response.wave]
    if "none" in ticked:
        return dict.fromkeys(CODES, Status.NOT_IN_FORCE)
    spoken_of = [code for code in CODES if code in ticked or response.wave in _WITHOUT_TICKS]
    told = {code: response.values.get(f"{prefix}{code}", "") for code in spoken_of}
    if response.wave in _TICKS_ALONE and not _was_asked(response, prefix):
        return {code: Status.IN_FORCE for code in CODES if code in ticked}
    return {code: Status(how) for code, how in told.items() if how in _KNOWN}


def _was_asked(response: "Response", prefix: str) -> bool:
    return any(name.startswith(prefix) for name in (*response.values, *response.skipped))
