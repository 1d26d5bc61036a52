"""The progress of an opened wave, in numbers."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from bot.fieldwork import language_of_contact
from bot.fieldwork.delivery_problems import problem_lines
from bot.wording.counts import counted
from storage.database import Conflict
from storage.fieldwork.attempts_of_waves import cases_with_outcome, has_asked, last_outcomes
from storage.fieldwork.case_changes import count_set_aside
from storage.fieldwork.cases import Case
from storage.fieldwork.cases_of_waves import administrations_of_cases, cases_in
from storage.fieldwork.waves import Wave, find_wave
from storage.fieldwork.workshops import get_workshop
from surveys.people import Role
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import (
    MAYBE_SEEN,
    NEVER_ASKED,
    Disposition,
    Outcome,
    Standing,
    how_far,
    standing,
)
from surveys.planning.due_workshops import over_at
from surveys.planning.wave_states import WaveFacts, WaveState, state_of
from surveys.workshop import Workshop

ENDED_BY = {
    Hold.COMPLETED: Disposition.COMPLETE,
    Hold.REFUSED: Disposition.REFUSAL,
    Hold.STOPPED: Disposition.REFUSAL,
    Hold.HANDED_OVER: Disposition.NOT_ELIGIBLE,
    Hold.REMOVED: Disposition.NOT_ELIGIBLE,
    Hold.LEFT_OUT: Disposition.NOT_ELIGIBLE,
    Hold.ANSWERED_BY_ANOTHER: Disposition.NOT_ELIGIBLE,
    Hold.CANCELLED: Disposition.NOT_ELIGIBLE,
    Hold.UNREACHABLE: Disposition.NON_CONTACT,
}
"""What a case that is still open will be, whatever happens."""
Counted = Literal["people", "administrations"]
WORDS = {"people": ("person", "people"), "administrations": ("administration", "administrations")}
"""The words for one and for several of what a wave counts."""


@dataclass(frozen=True)
class Progress:
    """The progress of a wave in numbers; `--json` prints its fields.

    A wave of contact points counts administrations, and any other wave counts people.
    `cases` are those asked or still to be asked; `started` and `completed` are among those invited and
    those who came without an invitation. `not_asked` people of a closed wave, and those who have
    handed over, are counted apart.
    """

    workshop_code: str
    key: str
    state: str
    cases: int
    invited: int
    started: int
    completed: int
    not_reached: int
    uninvited: int = 0
    not_asked: int = 0
    not_eligible: int = 0
    troubles: tuple[str, ...] = ()
    languages: tuple[language_of_contact.Speakers, ...] = ()
    set_aside: int = 0
    counted: Counted = "people"

    @property
    def answered(self) -> str:
        """How many were asked and have answered, in words."""
        if not self.cases and self.not_asked:
            return f"nobody was asked ({counted(self.not_asked, *WORDS[self.counted])})"
        said = counted(self.completed, "has answered", "have answered")
        if not self.not_asked:
            return f"{counted(self.cases, *WORDS[self.counted])}, {said}"
        left = counted(self.not_asked, "was not asked", "were not asked")
        one, several = WORDS[self.counted]
        return f"{counted(self.cases, f'{one} was', f'{several} were')} asked, {said}; {left}"

    @property
    def line(self) -> str:
        """The progress in one line."""
        name = f"{self.key} {self.workshop_code} ({self.state})"
        what = "administrations " if self.counted == "administrations" else ""
        if not self.cases and self.not_asked:
            return f"{name}: {self.answered}"
        own = (
            (self.uninvited, "answered without an invitation"),
            (self.not_asked, "not asked"),
            (self.not_eligible, "cancelled or handed over"),
            (self.set_aside, "set aside"),
        )
        apart = "".join(f" · {text} {number}" for number, text in own if number)
        return (
            f"{name}: {what}invited {self.invited} of {self.cases} · started {self.started} · "
            f"completed {self.completed} · could not be reached {self.not_reached}{apart}"
        )


def wave_progress(connection: Connection, code: str, key: str) -> Progress:
    """Return the progress of an opened wave. Raise Conflict if it has not opened."""
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key)
    if wave is None or wave.opened_at is None:
        raise Conflict(f"{code} {key} has not opened yet.")
    found = standings(connection, wave)
    people = [one for disposition, one in found if disposition not in NEVER_ASKED]
    asked = [one for one in people if one.asked or not wave.closed_at]
    not_eligible = sum(one is Disposition.NOT_ELIGIBLE for one, _ in found)
    lost = [one for disposition, one in found if disposition is Disposition.NON_CONTACT]
    return Progress(
        code,
        wave.key,
        _state(wave, workshop),
        cases=len(asked),
        invited=sum(one.invited for one in people),
        started=sum(one.started for one in people),
        completed=sum(one.completed for one in people),
        not_reached=sum(not one.reached for one in lost),
        uninvited=sum(one.uninvited for one in people),
        not_asked=len(found) - len(asked) - not_eligible,
        not_eligible=not_eligible,
        troubles=tuple(problem_lines(last_outcomes(connection, wave.id))),
        languages=language_of_contact.speakers(connection, wave),
        set_aside=count_set_aside(connection, wave.id),
        counted="administrations" if wave.role is Role.CONTACT_POINT else "people",
    )


def standings(connection: Connection, wave: Wave) -> list[tuple[Disposition, Standing]]:
    """Return how far each case of a wave has come, with its disposition or what it will be.

    In a wave of contact points it is the case of each administration that has come furthest: the
    others are of a predecessor or a substitute.
    """
    reached = cases_with_outcome(connection, wave.id, MAYBE_SEEN)
    failed = cases_with_outcome(connection, wave.id, (Outcome.FAILED,))
    found = cases_in(connection, wave.id)
    asks = not wave.closed_at or has_asked(connection, wave.id)
    stand = {
        case.id: _standing(case, case.id in reached, case.id in failed)
        for case in (found if asks else map(_not_lost, found))
    }
    if wave.role is not Role.CONTACT_POINT:
        return list(stand.values())
    places = administrations_of_cases(connection, wave.id)
    furthest: dict[str, tuple[Disposition, Standing]] = {}
    for number, one in stand.items():
        furthest[places[number]] = max(
            furthest.get(places[number], one), one, key=lambda told: how_far(*told)
        )
    return list(furthest.values())


def _not_lost(case: Case) -> Case:
    """Return a case of a closed wave that has asked nobody: not even those it could not reach."""
    return replace(case, hold=Hold.CLOSED) if case.hold == Hold.UNREACHABLE else case


def _standing(case: Case, reached: bool, failed: bool) -> tuple[Disposition, Standing]:
    disposition = _disposition(case)
    started = case.started_at is not None
    return disposition, standing(disposition, reached=reached, started=started, failed=failed)


def _disposition(case: Case) -> Disposition:
    """Return the final disposition of a case; of an open one what it will be, if that is certain."""
    if case.disposition is not None:
        return Disposition(case.disposition)
    if case.completed_at is not None:
        return Disposition.COMPLETE
    return ENDED_BY.get(Hold(case.hold), Disposition.OPEN)


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
