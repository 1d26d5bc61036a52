"""Commitments made at the end of the workshop, and their later state. Knows no storage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.facts.responses import Response
from analysis.measures.tallies import tally
from analysis.measures.uses import FOLLOW_UPS, USES
from surveys.questionnaire import Questionnaire

NO_PLAN = "none"
ASKED_ABOUT = ("use_1", "use_2")
"""Later waves ask for the first and the second planned change, in the order of the stored codes."""


FATES = ("stopped", "not_yet", "preparing", "used")
"""What can become of a plan, from the least to the most."""


@dataclass(frozen=True)
class Commitment:
    """One planned change: people who planned it, and those who were asked about it later."""

    code: str
    label: str
    planned: int
    asked_later: int


def commitments(
    found: Iterable[Response],
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    language: str,
) -> tuple[Commitment, ...]:
    """Return every change of the list at the end of the workshop, in order, also unplanned ones."""
    everything = [r for r in found if r.role == "participant"]
    ended = {r.enrolment_id: r for r in everything if r.wave == "END"}
    listed = tally(ended.values(), "changes", questionnaires, language)
    fates = fates_by_plan(everything)
    return tuple(
        Commitment(count.code, count.label, count.people, len(fates.get(count.code, ())))
        for count in listed.counts
        if count.code != NO_PLAN
    )


def fates_by_plan(found: Iterable[Response]) -> dict[str, dict[int, tuple[Response, str]]]:
    """Return each person's latest answer about each planned change, as one of `FATES`."""
    everything = [r for r in found if r.role == "participant"]
    ended = {r.enrolment_id: r for r in everything if r.wave == "END"}
    told: dict[str, dict[int, tuple[Response, str]]] = defaultdict(dict)
    later = [r for r in everything if r.wave in FOLLOW_UPS and r.enrolment_id in ended]
    for response in sorted(later, key=lambda r: FOLLOW_UPS.index(r.wave)):
        plans = ended[response.enrolment_id].values.get("changes", "").split()
        for plan, item in zip(plans, ASKED_ABOUT, strict=False):
            if item in response.values:
                told[plan][response.participant_id] = (response, _fate(response.values[item]))
    return {
        plan: {who: one for who, one in people.items() if one[1] in FATES}
        for plan, people in told.items()
    }


def _fate(use: str) -> str:
    return "used" if use in USES else use
