"""The delegations that a report counts, each at the wave of its workshop."""

from collections.abc import Mapping, Sequence

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.frames import Frames
from analysis.measures.delegations.reading import DelegationFacts
from analysis.measures.delegations.units import Delegation, counted_units


def attended_at(found: DelegationFacts, moments: Mapping[str, str]) -> tuple[Delegation, ...]:
    """Return the delegations of each workshop at its moment."""
    return tuple(
        one
        for moment in dict.fromkeys(moments.values())
        for one in found.at(moment)
        if moments.get(one.workshop) == moment
    )


def counts_people(frames: Frames, attended: Sequence[Delegation]) -> bool:
    """Return whether there are too few delegations; before a follow-up, too few administrations."""
    if attended:
        return counted_units(attended)[1]
    people = frames.enrolments[frames.enrolments["role"] == "participant"]
    return int(people["administration_code"].nunique()) < SMALLEST
