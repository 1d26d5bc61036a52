"""Self-assessments of administrations: then and now, and the advised order of work.

Reads only. The rules are in `surveys.interview.ipr`; names of respondents are not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from storage.fieldwork.answers import answers_of
from storage.fieldwork.cases import cases_in
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import get_enrolment
from surveys.interview.ipr import CATEGORIES, KEY, STATES, State, advise, states
from surveys.wording import Words


@dataclass(frozen=True)
class PlannedWork:
    """A category an administration plans to work on: its responsible unit and number of months."""

    category: int
    unit: str
    months: str


@dataclass(frozen=True)
class Assessment:
    """One administration: states by wave and category, its plans in the advised order, and warnings."""

    administration: str
    states: dict[str, dict[int, State]]
    planned: tuple[PlannedWork, ...]
    warnings: tuple[str, ...]


def assessments(connection: Connection, code: str) -> list[Assessment]:
    """Return the self-assessments of a workshop by administration; plans are of the newest answers."""
    get_workshop(connection, code)
    names = all_administrations(connection)
    given: dict[str, dict[str, dict[str, str]]] = {}
    for administration, wave, values in _responses(connection, code):
        given.setdefault(administration, {})[wave] = values
    return [
        _assessment(names[administration].name, waves)
        for administration, waves in sorted(given.items())
    ]


def _responses(connection: Connection, code: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield administration, wave and answers of each case with any, waves by their first day."""
    for wave in sorted(waves_of(connection, code).values(), key=lambda wave: wave.opens_on):
        if wave.questionnaire_key != KEY:
            continue
        cases = cases_in(connection, wave.id)
        answers = answers_of(connection, [case.id for case in cases])
        for case in cases:
            values = {name: one.value for name, one in answers[case.id].items() if one.value}
            if values:
                enrolment = get_enrolment(connection, case.enrolment_id)
                yield enrolment.administration_code, wave.key, values


def _assessment(name: str, waves: dict[str, dict[str, str]]) -> Assessment:
    newest = list(waves.values())[-1]
    advice = advise(newest)
    return Assessment(
        administration=name,
        states={wave: states(values) for wave, values in waves.items()},
        planned=tuple(
            PlannedWork(
                number,
                newest.get(f"owner_k{number}", ""),
                newest.get(f"within_k{number}", "").removeprefix("m"),
            )
            for number in advice.order
        ),
        warnings=tuple(Words().remark(warning) for warning in advice.warnings),
    )


def assessment_lines(one: Assessment) -> list[str]:
    """Return an assessment as text: a line for each category with its states; then the plans."""
    words = Words()
    lines = [f"{one.administration} ({', then '.join(one.states)})"]
    for number, category in CATEGORIES.items():
        shown = " -> ".join(words(STATES[by_number[number]]) for by_number in one.states.values())
        lines.append(f"  {number} {words(category)}: {shown}")
    for plan in one.planned:
        when = f", within {plan.months} months" if plan.months else ""
        lines.append(f"  planned: {plan.category} by {plan.unit or 'no unit named'}{when}")
    return lines + [f"  note: {warning}" for warning in one.warnings]
