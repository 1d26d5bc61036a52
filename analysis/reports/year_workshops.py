"""The workshops of a fiscal year with their participants, read from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from analysis.facts.as_of import until
from analysis.facts.frames import load, scope
from analysis.reports.audiences import Wishes
from analysis.wording import ReportWords
from surveys.names import place_in
from surveys.planning.fiscal_year import FiscalYear
from surveys.workshop import SURVEY


@dataclass(frozen=True)
class Year:
    """The workshops of a year with their participants: one row for each person and workshop.

    `to_come` counts confirmed workshops of the year that were not over at the cut-off.
    """

    year: FiscalYear
    workshops: pd.DataFrame
    people: pd.DataFrame
    names: Mapping[str, str]
    to_come: int
    say: ReportWords

    def name_of(self, country: str) -> str:
        """Return the name of a host country; its code when the list lacks it."""
        return place_in(country, self.names.get(country, country), self.say.language)

    def of(self, codes: Iterable[str]) -> pd.DataFrame:
        """Return the participants of some of the workshops."""
        return self.people[self.people["workshop_code"].isin(list(codes))]


def read_year(connection: Connection, year: FiscalYear, cut_off: datetime, wishes: Wishes) -> Year:
    """Return the workshops of a year that were over at `cut_off` (aware), of one donor if given."""
    codes = scope(connection, donor=wishes.donor) if wishes.donor else None
    frames = until(load(connection, codes), cut_off)
    table = frames.workshops
    cancelled = table["cancelled_at"].notna() & (table["cancelled_at"] <= cut_off)
    in_year = pd.Series([day in year for day in table["ends_on"]], table.index, dtype=bool)
    real = table[
        in_year & (table["kind"] != SURVEY) & ~cancelled & table["confirmed"].astype(bool)
    ]
    over = pd.Series([day < cut_off.date() for day in real["ends_on"]], real.index, dtype=bool)
    people = frames.enrolments[frames.enrolments["role"] == "participant"]
    places = frames.administrations.rename(columns={"code": "administration_code"})
    held = real[over]
    people = people[people["workshop_code"].isin(held["code"])].merge(places, how="left")
    names = dict(frames.administrations[["code", "name"]].itertuples(index=False, name=None))
    return Year(year, held, people, names, len(real) - len(held), ReportWords(wishes.language))
