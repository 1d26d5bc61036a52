"""Institutionalisation: the stage of each change-set, by person and wave.

A change-set is what one person took from one workshop: the changes planned there, reported together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.facts.responses import Response
from analysis.measures.anchor_statuses import PIPELINE
from analysis.measures.anchors import (
    Anchors,
    Verified,
    Witness,
    graded,
    reported,
    with_verified,
    witnesses,
)
from analysis.measures.ladder import KINDS, POINTS, Grade, Knowledge, Rung, rung

WAVES = ("PRE", "M3", "M6", "M12")
FOLLOW_UPS = WAVES[1:]
_USES = ("not_yet", "stopped", "preparing", "tried", "regular", "improved")
_SHARING = frozenset(("reported", "briefed", "trained", "shared"))
_GONE = ("moved", "left")


@dataclass(frozen=True)
class ChangeSet:
    """A person's change-set at one wave. `rung` is None when its stage is not known.

    `known_at` is when the stage was told; it is older than the wave for people who moved, whose
    last known stage is kept (`moved`).
    """

    enrolment_id: int
    participant_id: int
    workshop: str
    administration: str
    wave: str
    known_at: datetime
    rung: Rung | None
    grade: Grade = Grade.CLAIMED
    anchors: tuple[tuple[str, Grade], ...] = ()
    pipeline: tuple[tuple[str, str], ...] = ()
    law_alone: bool = False
    moved: bool = False


def change_sets(
    found: Iterable[Response], verified: Iterable[Verified] = ()
) -> tuple[ChangeSet, ...]:
    """Return every person's change-set at every wave that the person answered.

    `verified` are what the office has seen; from their wave on they verify like a witness.
    """
    seen = tuple(verified)
    everything = tuple(found)
    by_person: dict[int, dict[str, Response]] = {}
    for response in everything:
        if response.role == "participant" and response.wave in WAVES:
            by_person.setdefault(response.enrolment_id, {})[response.wave] = response
    heard = {
        wave: with_verified(witnesses(everything, wave), seen, FOLLOW_UPS[: number + 1])
        for number, wave in enumerate(FOLLOW_UPS)
    }
    result: list[ChangeSet] = []
    for answers in by_person.values():
        result.extend(_of_person(answers, heard))
    return tuple(result)


def _of_person(
    answers: Mapping[str, Response],
    heard: Mapping[str, Mapping[tuple[str, str], Sequence[Witness]]],
) -> list[ChangeSet]:
    """Return the waves of one person in order; after a move the last known stage is kept."""
    told: list[ChangeSet] = []
    last_known: ChangeSet | None = None
    for wave in (w for w in WAVES if w in answers):
        response = answers[wave]
        if wave == "PRE":
            told.append(_before(response))
            continue
        where = (response.workshop, response.administration)
        others = [
            witness
            for witness in heard[wave].get(where, ())
            if witness.participant_id != response.participant_id
        ]
        now = _at(answers, wave, others)
        job = response.values.get("job")
        if job in _GONE:
            # The stage belongs to the former administration: the last known one is kept.
            kept = last_known or (now if job == "moved" else replace(now, rung=None))
            now = replace(kept, wave=wave, moved=True)
        elif now.rung is not None:
            last_known = now
        told.append(now)
    return told


def _before(response: Response) -> ChangeSet:
    """Return what a person says of the administration before the workshop, a stage by itself."""
    code = response.values.get("stage_now", "")
    stage = int(code[1:]) if code in {f"s{n}" for n in range(len(POINTS))} else None
    points = POINTS[stage] if stage is not None else 0
    told = None if stage is None else Rung(stage, stage, points, points, points)
    return _change_set(response, told)


def _change_set(response: Response, told: Rung | None) -> ChangeSet:
    return ChangeSet(
        response.enrolment_id,
        response.participant_id,
        response.workshop,
        response.administration,
        response.wave,
        response.answered_at,
        told,
    )


def _at(answers: Mapping[str, Response], wave: str, others: Sequence[Witness]) -> ChangeSet:
    """Return a person's change-set at a follow-up wave, from its answers and earlier deeds."""
    response = answers[wave]
    so_far = [answers[w] for w in FOLLOW_UPS[: FOLLOW_UPS.index(wave) + 1] if w in answers]
    anchors = reported(answers, wave) if wave != "M3" else Anchors({})
    in_force = graded(anchors, others)
    known = Knowledge(
        use=best_use(response),
        shared=_shared(so_far),
        accepted=_accepted(so_far, anchors),
        routine=_routine(response),
        anchors=in_force,
        anchored=True if in_force else (False if anchors.known is not None else None),
        continues=response.values.get("would_continue"),
    )
    told = rung(known)
    return replace(
        _change_set(response, told),
        grade=_grade(told, in_force, others),
        anchors=in_force,
        pipeline=tuple(anchors.pipeline.items()),
        law_alone="law" in anchors.in_force and "procedure" not in anchors.in_force,
    )


def best_use(response: Response) -> str | None:
    """Return the furthest use of the planned changes in a response; None when it has none."""
    uses = [response.values.get(item) for item in ("use_1", "use_2", "use_any")]
    known = [use for use in uses if use in _USES]
    return max(known, key=_USES.index) if known else None


def _shared(so_far: Sequence[Response]) -> bool | None:
    """Return whether it was ever passed on: reported, briefed, trained or shared. A deed stays done."""
    told = [r.codes("actions") for r in so_far if "actions" in r.values]
    return any(codes & _SHARING for codes in told) if told else None


def _accepted(so_far: Sequence[Response], anchors: Anchors) -> bool | None:
    """Return whether a suggestion was accepted (the latest word counts) or a draft is in approval."""
    if any(status in ("drafted", "approved") for status in anchors.status.values()):
        return True
    told = [r.values["suggestion"] for r in so_far if "suggestion" in r.values]
    return told[-1] == "accepted" if told else None


def _routine(response: Response) -> bool | None:
    others = response.values.get("others_use")
    return None if others in (None, "not_applicable") else others in ("few", "most")


def _grade(
    told: Rung | None, in_force: Sequence[tuple[str, Grade]], others: Sequence[Witness]
) -> Grade:
    """Return the grade of a stage: of its best anchor, or of what a supervisor sees independently."""
    if told is None:
        return Grade.CLAIMED
    if told.supported == len(POINTS) - 1:
        return max(grade for _, grade in in_force)
    seen = (told.stage == 1 and any(w.sees_use for w in others)) or (
        told.stage == len(POINTS) - 2 and any(w.sees_routine for w in others)
    )
    return Grade.VERIFIED if seen else Grade.CLAIMED


def anchors_in_force(sets: Iterable[ChangeSet]) -> dict[tuple[str, str], Grade]:
    """Return the best grade of each anchor, by administration and kind."""
    best: dict[tuple[str, str], Grade] = {}
    for one in sets:
        for kind, grade in one.anchors:
            where = (one.administration, kind)
            best[where] = max(grade, best.get(where, grade))
    return best


def pipeline(sets: Sequence[ChangeSet]) -> dict[tuple[str, str], str]:
    """Return the furthest status of what is not in force yet, by administration and kind."""
    in_force = anchors_in_force(sets)
    furthest: dict[tuple[str, str], str] = {}
    for one in sets:
        for kind, status in one.pipeline:
            where = (one.administration, kind)
            if where not in in_force:
                furthest[where] = max(furthest.get(where, status), status, key=PIPELINE.index)
    return dict(sorted(furthest.items(), key=lambda e: (e[0][0], KINDS.index(e[0][1]))))
