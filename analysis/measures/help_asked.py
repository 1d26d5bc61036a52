"""Help asked of the office: by whom, and how far it was when the answers were last counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import Response
from surveys.help_asked import HelpState, help_items, help_options
from surveys.questionnaire import Option, Questionnaire

NOTHING = "nothing"
STEPS = (NOTHING, HelpState.WAITING, HelpState.TAKEN, HelpState.DONE)
"""How far what a person asked for is, in order; the first step asked for nothing."""
Need = tuple[str, str, str]
Changes = Mapping[Need, Sequence[tuple[datetime, str]]]


@dataclass(frozen=True)
class Wish:
    """One kind of help that a response asks for; `help` is empty where it asks for none."""

    response: Response
    help: str
    label: str
    state: str

    @property
    def taken_up(self) -> bool:
        """Whether it was taken up, or is done."""
        return self.state in (HelpState.TAKEN, HelpState.DONE)


@dataclass(frozen=True)
class _Asked:
    """The questions of a questionnaire that ask which help is wanted, and what can be chosen."""

    items: Sequence[str]
    options: Mapping[str, Option]
    questionnaire: Questionnaire


def wishes(frames: Frames, responses: Iterable[Response], language: str) -> tuple[Wish, ...]:
    """Return what each response asks for, with its state when its wave was last counted."""
    changes = _changes(frames.help_changes)
    asked = {
        version: _Asked([item.name for item in help_items(one)], help_options(one), one)
        for version, one in frames.questionnaires.items()
    }
    return tuple(
        one
        for response in responses
        if response.questionnaire in asked
        for one in _of(frames, response, asked[response.questionnaire], changes, language)
    )


def furthest(found: Iterable[Wish]) -> dict[int, tuple[Response, str]]:
    """Return how far it is for each person at the furthest, with the newest response."""
    people: dict[int, tuple[Response, str]] = {}
    for one in sorted(found, key=lambda wish: wish.response.answered_at):
        _, before = people.get(one.response.participant_id, (one.response, NOTHING))
        step = max(before, one.state, key=STEPS.index)
        people[one.response.participant_id] = (one.response, step)
    return people


def _of(
    frames: Frames, response: Response, asked: _Asked, changes: Changes, language: str
) -> Iterator[Wish]:
    told = [item for item in asked.items if item in response.values]
    kinds = {code for item in told for code in response.codes(item)} & asked.options.keys()
    if told and not kinds:
        yield Wish(response, "", "", NOTHING)
    for kind in sorted(kinds):
        state = _state(frames, response, kind, changes)
        label = asked.questionnaire.text(asked.options[kind].label, language)
        yield Wish(response, kind, label, state)


def _state(frames: Frames, response: Response, kind: str, changes: Changes) -> str:
    """Return where a need stood when the wave of a response was last counted."""
    limit = frames.cut_offs.of(response.workshop, response.wave) if frames.cut_offs else None
    known = changes.get((response.workshop, response.administration, kind), ())
    states = [state for at, state in known if limit is None or at <= limit]
    return states[-1] if states else HelpState.WAITING


def _changes(frame: pd.DataFrame) -> Changes:
    found: dict[Need, list[tuple[datetime, str]]] = {}
    columns = ["workshop_code", "administration_code", "help", "changed_at", "state"]
    for workshop, place, kind, at, state in frame[columns].itertuples(index=False):
        found.setdefault((str(workshop), str(place), str(kind)), []).append((at, str(state)))
    return found
