"""The progress of an opened wave, in numbers."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.fieldwork import language_of_contact
from bot.fieldwork.delivery_problems import problem_lines
from storage.database import Conflict
from storage.fieldwork.attempts import last_outcomes
from storage.fieldwork.cases import cases_in
from storage.fieldwork.waves import Wave, find_wave
from storage.fieldwork.workshops import get_workshop
from storage.schema import attempts, cases
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition, Outcome
from surveys.planning.due_workshops import over_at
from surveys.planning.wave_states import WaveFacts, WaveState, state_of
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Progress:
    """The progress of a wave, in numbers of people; `--json` prints its fields."""

    workshop_code: str
    key: str
    state: str
    cases: int
    invited: int
    started: int
    completed: int
    not_reached: int
    troubles: tuple[str, ...] = ()
    languages: tuple[language_of_contact.Speakers, ...] = ()

    @property
    def line(self) -> str:
        """The progress in one line."""
        return (
            f"{self.key} {self.workshop_code} ({self.state}): invited {self.invited} of "
            f"{self.cases} · started {self.started} · completed {self.completed} · could not be "
            f"reached {self.not_reached}"
        )


def wave_progress(connection: Connection, code: str, key: str) -> Progress:
    """Return the progress of an opened wave. Raise Conflict if it has not opened."""
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key)
    if wave is None or wave.opened_at is None:
        raise Conflict(f"{code} {key} has not opened yet.")
    all_cases = cases_in(connection, wave.id)
    reached = set(
        connection.scalars(
            select(attempts.c.case_id)
            .join(cases, cases.c.id == attempts.c.case_id)
            .where(cases.c.wave_id == wave.id)
            .where(attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)))
        )
    )
    lost = [
        case
        for case in all_cases
        if case.hold == Hold.UNREACHABLE or case.disposition == Disposition.NON_CONTACT
    ]
    return Progress(
        code,
        wave.key,
        _state(wave, workshop),
        cases=len(all_cases),
        invited=len(reached),
        started=sum(case.started_at is not None for case in all_cases),
        completed=sum(case.completed_at is not None for case in all_cases),
        not_reached=len([case for case in lost if case.id not in reached]),
        troubles=tuple(problem_lines(last_outcomes(connection, wave.id))),
        languages=language_of_contact.speakers(connection, wave),
    )


def _state(wave: Wave, workshop: Workshop) -> WaveState:
    """Return the state of an opened wave once its two minutes are over."""
    facts = WaveFacts(
        wave.opens_on,
        wave.closes_on,
        opened=True,
        cancelled=workshop.cancelled_at is not None,
        held=wave.held_at is not None,
        workshop_held=workshop.held_at is not None,
        closed=wave.closed_at is not None,
    )
    return state_of(facts, over_at(wave.closes_on))
