"""Self-assessments of administrations as the office reads them: then and now, and the order of work.

Reads only. What the answers mean is a rule of `surveys.interview.ipr`; who answered is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from storage.fieldwork.cases import answers_of, cases_in
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import get_enrolment
from surveys.interview.ipr import CATEGORIES, KEY, STATES, State, advise, states
from surveys.wording import Words


@dataclass(frozen=True)
class PlannedWork:
    """A category that will be worked on: which unit does it, and within how many months."""

    category: int
    unit: str
    months: str


@dataclass(frozen=True)
class Assessment:
    """One administration: states by wave and category, its plans in the advised order, warnings."""

    administration: str
    states: dict[str, dict[int, State]]
    planned: tuple[PlannedWork, ...]
    warnings: tuple[str, ...]


def assessments(connection: Connection, code: str) -> list[Assessment]:
    """The self-assessments of a workshop or survey by administration, newest answers for plans."""
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
    """Administration, wave and answers of each case that has any, waves in their order."""
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
    """An assessment as text: a row for each category, its states side by side; then the plans."""
    words = Words()
    lines = [f"{one.administration} ({', then '.join(one.states)})"]
    for number, category in CATEGORIES.items():
        told = " -> ".join(words(STATES[by_number[number]]) for by_number in one.states.values())
        lines.append(f"  {number} {words(category)}: {told}")
    for plan in one.planned:
        when = f", within {plan.months} months" if plan.months else ""
        lines.append(f"  planned: {plan.category} by {plan.unit or 'no unit named'}{when}")
    return lines + [f"  note: {warning}" for warning in one.warnings]
