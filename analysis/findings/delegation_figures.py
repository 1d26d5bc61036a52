"""All figures by delegation of some workshops at one moment, as plain rows for the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from analysis.facts.as_of import until
from analysis.facts.frames import load
from analysis.facts.responses import responses, with_facts
from analysis.measures.delegations.agreement import Agreement, agreement
from analysis.measures.delegations.headlines import FIGURES, Headline, Outcome, outcome
from analysis.measures.delegations.reading import delegations
from analysis.measures.delegations.trend import trend
from analysis.measures.delegations.units import counted_units
from analysis.measures.outcomes import wave_outcomes
from surveys.planning.response_rates import Rate


@dataclass(frozen=True)
class FigureRow:
    """One figure: units by state, how many replied, its bounds and the likely range.

    `places` says in how many administrations, or of how many people, it holds in at least one of their
    workshops; `of_places` is their number.
    """

    figure: str
    yes: int
    no: int
    disputed: int
    not_known: int
    replied: int
    at_most: int
    likely: tuple[int, int]
    places: int
    of_places: int


@dataclass(frozen=True)
class WaveRates:
    """The response rates of one wave; `so_far` while it can still change."""

    wave: str
    rates: tuple[Rate, ...]
    so_far: bool


@dataclass(frozen=True)
class Moves:
    """The stage that the same people told in two waves: how many went up, stayed and went down."""

    earlier: str
    later: str
    up: int
    same: int
    down: int


@dataclass(frozen=True)
class DelegationFigures:
    """What became of workshops at a moment; `units` are delegations, or attendances if `by_person`.

    `left_out` are workshops of one administration, which have no delegations to count beside others.
    `grades` are the embedded ones by their best evidence, `beside` the counts printed beside them.
    """

    moment: str
    workshops: int
    left_out: int
    units: int
    by_person: bool
    figures: tuple[FigureRow, ...]
    grades: dict[str, int]
    beside: dict[str, int]
    rates: tuple[WaveRates, ...]
    trend: tuple[Moves, ...]
    agreement: Agreement


def delegation_figures(
    connection: Connection, codes: Sequence[str], moment: str, now: datetime
) -> DelegationFigures:
    """Return the figures of some workshops (all without `codes`) whose wave of a moment has opened."""
    frames = until(load(connection, list(codes) or None), now)
    cases = with_facts(frames)
    everybody = delegations(frames, responses(frames, cases), moment)
    units, by_person = counted_units(everybody)
    found = outcome(units, moment)
    counted = {one.workshop for one in units}
    return DelegationFigures(
        moment=moment,
        workshops=len(counted),
        left_out=len({one.workshop for one in everybody} - counted),
        units=len(units),
        by_person=by_person,
        figures=tuple(_row(found.headlines[key], found) for key in FIGURES),
        grades={grade.name.lower(): count for grade, count in found.grades.items()},
        beside=_beside(found),
        rates=tuple(
            WaveRates(one.wave, one.rates.all, one.rates.so_far)
            for one in wave_outcomes(frames, cases)
            if not one.missed
        ),
        trend=tuple(
            Moves(earlier, later, one.up, one.same, one.down)
            for (earlier, later), one in trend(
                everybody, dict.fromkeys((one.workshop for one in everybody), moment)
            ).items()
        ),
        agreement=agreement(everybody, moment),
    )


def _row(headline: Headline, found: Outcome) -> FigureRow:
    bounds, places = headline.bounds, found.places[headline.key]
    return FigureRow(
        figure=headline.key,
        yes=bounds.yes,
        no=bounds.no,
        disputed=bounds.disputed,
        not_known=bounds.not_known,
        replied=headline.replied,
        at_most=bounds.at_most,
        likely=bounds.likely,
        places=places.yes,
        of_places=places.total,
    )


def _beside(found: Outcome) -> dict[str, int]:
    return {
        "embedded, more than claimed": found.headlines["embedded"].bounds.at_least_better,
        "embedded on paper only: nobody says that it is used": found.paper_only,
        "embedded, something of the kind stood there before": found.stood_before,
        "something was there before, not changed": found.was_there_before,
        "something in force, since when not asked": found.since_not_asked,
        "a suggestion was accepted": found.by_suggestion,
        "something formal is approved": found.by_approval,
    }
