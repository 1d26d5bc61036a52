"""The questions that reports answer with counts of delegations (of attendances, if people are counted).

A figure is told if the people behind it and those of the rest are enough: of the count those who
replied, of the rest those who were asked. The rest is "no, or not known".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Answer, Crowd, Person
from analysis.disclosure.question import Kind, Question
from analysis.findings.questions import REPLIED, SILENT, counted_sets, told_replies
from analysis.findings.readings import Readings
from analysis.measures.anchor_statuses import CODES
from analysis.measures.delegations.anchors import Formal, Standing
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import Unit
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import Delegation

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

TRIED, REGULAR, YES, CLAIMED, DESCRIBED = "tried", "regular", "yes", "claimed", "described"
Codes = Mapping[Unit, str]
Ask = Callable[[Readings], Question]


def unit_replies_question(readings: Readings) -> Question:
    """Return which of those that attended replied in the wave of the figures."""

    def replies(reading: "ReportFacts") -> Codes:
        there = reading.outcome.headlines["tried"].repliers
        return {unit: REPLIED if unit in there else SILENT for unit in reading.outcome.formal}

    crowds = {key: _crowd(one, replies(one), "tried") for key, one in readings.items()}
    return Question((REPLIED, SILENT), Kind.ONE, crowds)


def use_question(readings: Readings) -> Question:
    """Return who has tried it, and who uses it regularly."""

    def use(reading: "ReportFacts") -> Codes:
        return dict.fromkeys(_yes(reading, "tried"), TRIED) | dict.fromkeys(
            _yes(reading, "in_regular_use"), REGULAR
        )

    return _figure(readings, (TRIED, REGULAR), use, "tried")


def embedded_question(readings: Readings) -> Question:
    """Return where it is embedded: merely claimed, and described or better."""

    def embedded(reading: "ReportFacts") -> Codes:
        formal = reading.outcome.formal
        return {unit: _grade(formal[unit]) for unit in _yes(reading, "embedded")}

    return _figure(readings, (CLAIMED, DESCRIBED), embedded, "embedded")


def _grade(one: Formal) -> str:
    return DESCRIBED if (one.evidence or Evidence.CLAIMED) > Evidence.CLAIMED else CLAIMED


def deed_question(key: str) -> Ask:
    """Return the question for one figure that is yes or is not."""

    def question(readings: Readings) -> Question:
        return _figure(
            readings, (YES,), lambda reading: dict.fromkeys(_yes(reading, key), YES), key
        )

    return question


QUESTIONS: Mapping[str, Ask] = {
    "use": use_question,
    "shared": deed_question("shared"),
    "accepted": deed_question("accepted"),
    "routine": deed_question("routine"),
    "embedded": embedded_question,
}
"""The questions behind the six figures."""


def kinds_question(readings: Readings) -> Question:
    """Return where each kind is in force, new or changed since the workshop."""
    return _kinds(readings, Standing.FRESH)


def pipeline_question(readings: Readings) -> Question:
    """Return where each kind is in preparation."""
    return _kinds(readings, Standing.COMING)


def _kinds(readings: Readings, standing: Standing) -> Question:
    def kinds(reading: "ReportFacts") -> Codes:
        return {
            unit: " ".join(one.kind for one in formal.anchors if one.standing is standing)
            for unit, formal in reading.outcome.formal.items()
        }

    return _figure(readings, CODES, kinds, "embedded", Kind.SEVERAL)


def _yes(reading: "ReportFacts", key: str) -> Iterable[Unit]:
    states = reading.outcome.headlines[key].states
    return (unit for unit, state in states.items() if state is State.YES)


def _figure(
    readings: Readings,
    options: tuple[str, ...],
    codes_of: Callable[["ReportFacts"], Codes],
    key: str,
    kind: Kind = Kind.ORDERED,
) -> Question:
    """Return a question whose base are all that attended; those without a code are "no or not known".

    The highest step is cut first, so that the stricter figure is told where only one can be.
    """
    crowds = {name: _crowd(one, codes_of(one), key) for name, one in readings.items()}
    cuts = tuple(reversed(range(len(options)))) if kind is Kind.ORDERED else ()
    found = Question(options, kind, crowds, frozenset(crowds), cuts)
    if key in ("shared", "accepted"):
        # They are told in several waves, so silence in one of them says nothing of them.
        return found
    return replace(found, replies=_told(readings), people=_of_people(readings))


def _told(readings: Readings) -> frozenset[str]:
    return readings.told("units", _told_replies)


def _told_replies(readings: Readings) -> frozenset[str]:
    """Return the sets of which reports tell how many replied in the wave of their figures."""
    alone = {key for key in _of_people(readings) if readings[key].by_person}
    return counted_sets(unit_replies_question(readings)) | alone


def _of_people(readings: Readings) -> frozenset[str]:
    """Return the sets of which reports tell how many people replied in the wave of their figures."""
    return readings.told("people of units", _told_people)


def _told_people(readings: Readings) -> frozenset[str]:
    at = {key: {*one.waves.values()} for key, one in readings.items()}
    waves = sorted({wave for one in at.values() if len(one) == 1 for wave in one})
    return frozenset(
        key for wave in waves for key in told_replies(readings, wave) if at[key] == {wave}
    )


def _crowd(reading: "ReportFacts", codes: Codes, key: str) -> Crowd:
    """Return everything that is counted with its codes, and the people behind it."""
    waves = reading.outcome.headlines[key].waves
    places = {
        (one.workshop, str(member.number)): one.place
        for one in reading.attended
        for member in one.members
    }
    found: dict[int | str, Answer] = {}
    for one in reading.units:
        place = places[one.workshop, one.place] if reading.by_person else one.place
        said = frozenset(codes.get((one.workshop, one.place), "").split())
        slot = (reading.moments[one.workshop], *sorted(said))
        found[f"{one.workshop} {one.place}"] = Answer(
            said, slot, _people(one, place, waves[one.workshop]), _people(one, place)
        )
    return found


def _people(
    one: Delegation, place: str, waves: tuple[str, ...] | None = None
) -> frozenset[Person]:
    """Return the people of a delegation; only those who replied in some waves, if these are given."""
    return frozenset(
        (member.number, place) for member in one.members if waves is None or member.replied(waves)
    )
