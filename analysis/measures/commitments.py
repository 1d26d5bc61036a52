"""Commitments made at the end of the workshop, and their later state. Knows no storage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.facts.responses import Response
from analysis.measures.anchors import USES
from analysis.measures.institutionalisation import FOLLOW_UPS
from analysis.measures.tallies import tally
from surveys.questionnaire import Questionnaire

NO_PLAN = "none"
ASKED_ABOUT = ("use_1", "use_2")
"""Later waves ask for the first and the second planned change, in the order of the stored codes."""


@dataclass(frozen=True)
class Commitment:
    """One planned change: people who planned it, were asked later, and its state then."""

    code: str
    label: str
    planned: int
    asked_later: int
    used: int
    preparing: int
    not_yet: int
    stopped: int


def commitments(
    found: Iterable[Response],
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    language: str,
) -> tuple[Commitment, ...]:
    """Return every change of the list at the end of the workshop, in order, also unplanned ones."""
    everything = [r for r in found if r.role == "participant"]
    ended = {r.enrolment_id: r for r in everything if r.wave == "END"}
    listed = tally(ended.values(), "changes", questionnaires, language)
    fates = _fates(ended, everything)
    return tuple(
        _commitment(count.code, count.label, count.people, fates.get(count.code, []))
        for count in listed.counts
        if count.code != NO_PLAN
    )


def _fates(ended: Mapping[int, Response], everything: Iterable[Response]) -> dict[str, list[str]]:
    """Return the latest answer about each planned change, by the code of the change."""
    latest: dict[tuple[int, str], str] = {}
    later = [r for r in everything if r.wave in FOLLOW_UPS and r.enrolment_id in ended]
    for response in sorted(later, key=lambda r: FOLLOW_UPS.index(r.wave)):
        plans = ended[response.enrolment_id].values.get("changes", "").split()
        for code, item in zip(plans, ASKED_ABOUT, strict=False):
            if item in response.values and code != NO_PLAN:
                latest[response.enrolment_id, code] = response.values[item]
    fates: dict[str, list[str]] = {}
    for (_, code), fate in latest.items():
        fates.setdefault(code, []).append(fate)
    return fates


def _commitment(code: str, label: str, planned: int, fates: list[str]) -> Commitment:
    return Commitment(
        code,
        label,
        planned,
        asked_later=len(fates),
        used=sum(fate in USES for fate in fates),
        preparing=fates.count("preparing"),
        not_yet=fates.count("not_yet"),
        stopped=fates.count("stopped"),
    )
