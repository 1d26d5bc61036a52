"""The stage of each administration, from the change-sets of its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.measures.institutionalisation import ChangeSet
from analysis.measures.ladder import Grade


@dataclass(frozen=True)
class AdministrationStage:
    """The stage of an administration at one wave; `people` holds every person's stage, sorted.

    `disputed` if the people disagree and nothing is verified: the lower one counts, both are shown.
    """

    administration: str
    stage: int
    grade: Grade
    people: tuple[int, ...]
    paper_only: bool = False
    person_dependent: bool = False
    disputed: bool = False


def administrations_at(sets: Iterable[ChangeSet]) -> dict[str, AdministrationStage]:
    """Return the stage of each administration with a known one, from change-sets of one moment."""
    by_place: dict[str, dict[int, list[ChangeSet]]] = {}
    for one in sets:
        if one.rung is not None:
            people = by_place.setdefault(one.administration, {})
            people.setdefault(one.participant_id, []).append(one)
    return {
        code: _value(code, [_best(of_person) for of_person in people.values()])
        for code, people in sorted(by_place.items())
    }


def _stage(one: ChangeSet) -> int:
    assert one.rung is not None  # noqa: S101 - only change-sets with a known stage come here
    return one.rung.stage


def _best(of_person: Sequence[ChangeSet]) -> ChangeSet:
    """Return a person's best change: among those described or verified, else among the claimed ones."""
    good = [one for one in of_person if one.grade > Grade.CLAIMED]
    return max(good or of_person, key=lambda one: (_stage(one), one.grade))


def _value(code: str, people: Sequence[ChangeSet]) -> AdministrationStage:
    """Return the best verified change; without any, the lowest of what the people say."""
    verified = [one for one in people if one.grade is Grade.VERIFIED]
    stages = tuple(sorted(_stage(one) for one in people))
    chosen = (
        max(verified, key=_stage)
        if verified
        else min(people, key=lambda one: (_stage(one), -one.grade))
    )
    told = chosen.rung
    assert told is not None  # noqa: S101 - see `_stage`
    return AdministrationStage(
        code,
        told.stage,
        chosen.grade,
        stages,
        told.paper_only,
        told.person_dependent,
        disputed=not verified and stages[0] != stages[-1],
    )
