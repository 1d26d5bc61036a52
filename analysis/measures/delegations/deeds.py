"""Deeds of persons and units: tried, in regular use, shared, accepted, routine.

Each rule returns the word of one member at a moment: yes, no, or None for no word.

- tried: the member has tried it, or uses it
- in regular use: the use is regular or improved; who has stopped does not use it
- shared: colleagues were briefed, trained or given materials; a report to the supervisor is not sharing
- accepted: a suggestion of the member was accepted, or an anchor is approved; a draft is no decision
- routine of the unit: most colleagues work this way without the member, or a few do as far as the member
  sees, and the supervisor sees that most of the team do. Two people who say "a few" make no routine

Use and routine are facts of today and come from the wave of the moment only. Shared and accepted are
deeds: they hold from the wave that told them. Actions are asked after three or six months, so "shared"
is always by six months.
"""

from analysis.measures.delegations.units import SUPERVISORS, Delegation, Seat

_USE = ("use_1", "use_2", "use_any")
_REGULAR = frozenset(("regular", "improved"))
_TRIED = _REGULAR | {"tried"}
_SHARING = frozenset(("briefed", "trained", "shared"))


def tried(member: Seat, moment: str) -> bool | None:
    """Return whether the member uses it, or has tried it."""
    return _used(member, moment, _TRIED)


def in_regular_use(member: Seat, moment: str) -> bool | None:
    """Return whether the member uses it regularly."""
    return _used(member, moment, _REGULAR)


def _used(member: Seat, moment: str, good: frozenset[str]) -> bool | None:
    told = member.today(moment)
    uses = [told.values[item] for item in _USE if item in told.values] if told else []
    return any(use in good for use in uses) if uses else None


def shared(member: Seat, moment: str) -> bool | None:
    """Return whether the member has passed it on to colleagues, by six months.

    Of a member who is silent at six months, or has left, an earlier "not yet" is not known any more.
    """
    until = "M3" if moment == "M3" else "M6"
    told = [one.codes("actions") for one in member.so_far(until) if "actions" in one.values]
    if any(codes & _SHARING for codes in told):
        return True
    return False if told and member.today(until) else None


def suggestion_accepted(member: Seat, moment: str) -> bool | None:
    """Return whether a suggestion of the member was accepted.

    Of a member who is silent at the moment, or has left, an earlier "not accepted" is not known any
    more.
    """
    told = [
        one.values["suggestion"] for one in member.so_far(moment) if "suggestion" in one.values
    ]
    if "accepted" in told:
        return True
    return False if told and member.today(moment) else None


def approved(member: Seat, moment: str) -> bool:
    """Return whether the member has told of something formal that is approved and not in force yet."""
    return any(told.approved for told in member.so_far(moment))


def accepted(member: Seat, moment: str) -> bool | None:
    """Return whether the administration has decided for something that the member told of."""
    return approved(member, moment) or suggestion_accepted(member, moment)


def routine(member: Seat, moment: str, *, seen: bool) -> bool | None:
    """Return whether the unit of the member works this way; `seen` if its supervisor says most do."""
    told = member.today(moment)
    others = told.values.get("others_use") if told else None
    if others in (None, "not_applicable"):
        return None
    return others == "most" or (others == "few" and seen)


def seen_by_supervisor(delegation: Delegation, moment: str) -> bool:
    """Return whether the supervisor of a member sees that most of the team use it."""
    return any(
        told.values.get("others_use") == "most"
        for wave, told in delegation.of_own_teams().witnessed(moment)
        if wave in SUPERVISORS
    )
