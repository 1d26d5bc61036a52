"""The wave that a report is about, for each workshop, and that of its figures."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.measures.delegations.units import WITNESSED
from analysis.measures.uses import FOLLOW_UPS


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


def moments_of(waves: Mapping[str, str]) -> dict[str, str]:
    """Return the wave of the figures of each workshop.

    After three months nobody is asked what is routine and in force, so workshops that have come no
    further are left out beside others that have.
    """
    later = {code: wave for code, wave in waves.items() if wave in WITNESSED}
    return later or dict(waves)
