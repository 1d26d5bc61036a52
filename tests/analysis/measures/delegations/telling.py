"""Delegations in a few words, for tables of cases."""

from collections.abc import Mapping

from analysis.measures.delegations.units import Delegation, Seat, Told

_NUMBERS = {"a": 1, "b": 2, "c": 3}


def seat(name: str = "a", **waves: Mapping[str, str]) -> Seat:
    """The seat of an officer; each wave with its answers."""
    return Seat(_NUMBERS[name], {wave: Told(said) for wave, said in waves.items()})


def six(status: str = "", kind: str = "procedure", **more: str) -> dict[str, str]:
    """What an officer tells of one kind after six months: its status, or another tick such as none."""
    if status in ("", "none", "dont_know"):
        return {"anchors": status or kind} | more
    return {"anchors": kind, f"anchor_status_{kind}": status} | more


def told(*members: Seat, witnesses: tuple[Seat, ...] = (), place: str = "FJ") -> Delegation:
    return Delegation("W", place, members, witnesses)


def supervisor(status: str, kind: str = "procedure", **more: str) -> Seat:
    """A supervisor after six months, with the status of one kind."""
    said = {"anchors": kind, f"anchor_seen_{kind}": status} if status else {}
    return Seat(10, {"SUP6": Told(said | more)})


def contact_point(number: int = 20, **answers: str) -> Seat:
    """A contact point after twelve months."""
    return Seat(number, {"NCP12": Told(answers)})
