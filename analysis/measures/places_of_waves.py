"""Administrations in a wave of contact points, in place of the people who answer for them."""

import pandas as pd

from surveys.planning.dispositions import how_far

PLACE = ("workshop_code", "administration_code")


def of_places(people: pd.DataFrame) -> pd.DataFrame:
    """Return one enrolment of each administration in each workshop, and all of none that is known."""
    again = people.duplicated([*PLACE]) & (people["administration_code"] != "")
    return people[~again]


def furthest(due: pd.DataFrame) -> pd.DataFrame:
    """Return the case of each administration in each workshop that has come furthest."""
    found: dict[tuple[str, str], tuple[tuple[bool, ...], int]] = {}
    columns = due[["workshop", "administration", "outcome", "standing"]]
    for row, workshop, place, outcome, stands in columns.itertuples():
        far = how_far(outcome, stands), -row
        unit = workshop, place or str(row)
        found[unit] = max(found.get(unit, far), far)
    return due.loc[[-row for _, row in found.values()]]
