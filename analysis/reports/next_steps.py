"""What the office does next about some workshops, by rule, for staff to word and release."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from analysis.facts.frames import load
from analysis.findings.next_steps import applying
from analysis.findings.reading import read


def by_rule(
    connection: Connection, codes: Sequence[str] | None, now: datetime
) -> Mapping[str, int]:
    """Return how many delegations (people) each rule is about now; rules about nobody are left out."""
    return applying(read(load(connection, codes), now))
