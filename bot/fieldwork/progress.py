"""The progress of an opened wave, in numbers."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.fieldwork import language_of_contact
from bot.fieldwork.delivery_problems import problem_lines
from bot.fieldwork.planned_waves import state_of
from storage.database import Conflict
from storage.fieldwork.attempts import last_outcomes
from storage.fieldwork.case_changes import count_set_aside
from storage.fieldwork.cases import cases_in
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import get_workshop
from storage.schema import attempts, cases
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition, Outcome


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
    set_aside: int = 0

    @property
    def line(self) -> str:
        """The progress in one line."""
        aside = f" · set aside {self.set_aside}" if self.set_aside else ""
        return (
            f"{self.key} {self.workshop_code} ({self.state}): invited {self.invited} of "
            f"{self.cases} · started {self.started} · completed {self.completed} · could not be "
            f"reached {self.not_reached}{aside}"
        )


def wave_progress(connection: Connection, code: str, key: str) -> Progress:
    """Return the progress of an opened wave. Raise Conflict if it has not opened."""
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is None or wave.opened_at is None:
        raise Conflict(f"{code} {key.upper()} has not opened yet.")
    all_cases = cases_in(connection, wave.id)
    reached = set(
        connection.scalars(
            select(attempts.c.case_id)
            .join(cases, cases.c.id == attempts.c.case_id)
            .where(cases.c.wave_id == wave.id, cases.c.set_aside_at.is_(None))
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
        state_of(wave, workshop),
        cases=len(all_cases),
        invited=len(reached),
        started=sum(case.started_at is not None for case in all_cases),
        completed=sum(case.completed_at is not None for case in all_cases),
        not_reached=len([case for case in lost if case.id not in reached]),
        troubles=tuple(problem_lines(last_outcomes(connection, wave.id))),
        languages=language_of_contact.speakers(connection, wave),
        set_aside=count_set_aside(connection, wave.id),
    )
