"""How participants use what they have learned, in the waves after the workshop."""

from analysis.facts.responses import Response

FOLLOW_UPS = ("M3", "M6", "M12")
USES = ("tried", "regular", "improved")
"""The answers that say that it is used."""
_STEPS = ("not_yet", "stopped", "preparing", *USES)


def best_use(response: Response) -> str | None:
    """Return the furthest use of the planned changes in a response; None when it has none."""
    uses = [response.values.get(item) for item in ("use_1", "use_2", "use_any")]
    known = [use for use in uses if use in _STEPS]
    return max(known, key=_STEPS.index) if known else None
