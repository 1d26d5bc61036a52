"""What stays: what was there before, what would exist without the workshop, and what outlives people."""

from decimal import Decimal

from analysis.figures import Figure
from analysis.findings.report_facts import ReportFacts
from analysis.measures.numbers import number_text, read_number
from analysis.model import Section
from analysis.sections.tallies import tally_table
from surveys.wording import N_

FOLLOW_UPS = ("M3", "M6", "M12")
TABLES = (
    ("exists_today", ("PRE",), N_("Was there before the workshop")),
    ("without_it", ("M6", "M12"), N_("Would exist without the workshop")),
    ("survived", ("M12",), N_("What the new way of working has survived")),
    ("would_continue", ("M12",), N_("If the officer left the post")),
    ("taken_over", FOLLOW_UPS, N_("Who does the work of those who left")),
    ("stays", FOLLOW_UPS, N_("What stays of those who left")),
)
"""The questions to officers, each with the waves that ask it and the heading of its table."""


def lasting(reading: ReportFacts) -> Section:
    """Return one table for each question, and how many trained officers still work on the topic."""
    say = reading.say
    tables = [
        tally_table(item, say(heading), reading.rows(item, *waves), reading)
        for item, waves, heading in TABLES
    ]
    known = reading.rows("knows", "SUP6", "SUP12", role="supervisor")
    tables.append(tally_table("knows", say("Supervisors who know of it"), known, reading))
    figures = () if reading.outside else trained(reading)
    return Section("lasting", say("What stays"), figures=figures, tables=tuple(tables))


def trained(reading: ReportFacts) -> tuple[Figure, ...]:
    """Return how many of the officers trained still work on the topic, as contact points report."""
    told = [one.values for one in reading.of("NCP12", role="contact_point")]
    pairs = [
        (still, every)
        for values in told
        if (still := read_number(values.get("trained_still", ""))) is not None
        and (every := read_number(values.get("trained_all", ""))) is not None
    ]
    if not pairs:
        return ()
    still, every = (sum(column, Decimal(0)) for column in zip(*pairs, strict=True))
    text = reading.say.plural(
        "{still} of {all} officers, as {number} contact point reports",
        "{still} of {all} officers, as {number} contact points report",
        len(pairs),
        still=number_text(still),
        all=number_text(every),
    )
    label = reading.say("trained officers who still work on the topic")
    return (Figure("trained_still", label, text, int(still), int(every)),)
