"""The sets of workshops on which reports leave the office: all, those of each donor, each alone.

Readers can compare the reports of all sets, so what one of them tells depends on all the others.
"""

from collections.abc import Mapping, Sequence

from analysis.facts.frames import Frames

ALL = "all"


def published_sets(everything: Frames) -> dict[str, tuple[str, ...]]:
    """Return the sets of workshops that are published: all, those of each donor, and each alone."""
    workshops = [str(code) for code in everything.workshops["code"]]
    donors: dict[str, list[str]] = {}
    for code, names in zip(workshops, everything.workshops["donors"], strict=True):
        for name in names:
            donors.setdefault(f"donor {name}", []).append(code)
    alone = {f"workshop {code}": (code,) for code in workshops}
    return {ALL: tuple(workshops), **{key: tuple(of) for key, of in donors.items()}, **alone}


def set_of(sets: Mapping[str, Sequence[str]], codes: Sequence[str] | None) -> str | None:
    """Return the set that holds exactly some workshops (all if None); None if there is no such set."""
    wanted = set(sets[ALL] if codes is None else codes)
    return next((key for key, held in sets.items() if set(held) == wanted), None)
