"""The wave that a report is about, for each workshop."""

from collections import Counter

import pandas as pd

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.measures.institutionalisation import FOLLOW_UPS


def current_waves(waves: pd.DataFrame, found: tuple[Response, ...]) -> dict[str, str]:
    """Return the wave to report for each workshop: the latest follow-up with enough answers.

    Else the latest with any answer, else the latest that opened; a workshop without one is left out.
    """
    chosen: dict[str, str] = {}
    answered = Counter((response.workshop, response.wave) for response in found)
    opened = waves[waves["opened_at"].notna()]
    for workshop, theirs in opened.groupby("workshop_code"):
        code = str(workshop)
        keys = [key for key in FOLLOW_UPS if key in set(theirs["key"])]
        for enough in (SMALLEST, 1, 0):
            fitting = [key for key in keys if answered[code, key] >= enough]
            if fitting:
                chosen[code] = fitting[-1]
                break
    return chosen
