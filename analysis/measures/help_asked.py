"""Help asked of the office: by whom, and how far it was when the answers were last counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import Response
from surveys.help_asked import HelpState, help_items, help_options

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


def wishes(frames: Frames, responses: Iterable[Response], language: str) -> tuple[Wish, ...]:
    """Return what each response asks for, with its state when its wave was last counted."""
    changes = _changes(frames.help_changes)
    return tuple(one for response in responses for one in _of(frames, response, changes, language))


def furthest(found: Iterable[Wish]) -> dict[int, tuple[Response, str]]:
    """Return how far it is for each person at the furthest, with the newest response."""
    people: dict[int, tuple[Response, str]] = {}
    for one in sorted(found, key=lambda wish: wish.response.answered_at):
        _, before = people.get(one.response.participant_id, (one.response, NOTHING))
        step = max(before, one.state, key=STEPS.index)
        people[one.response.participant_id] = (one.response, step)
    return people


def _of(frames: Frames, response: Response, changes: Changes, language: str) -> Iterator[Wish]:
    asked = frames.questionnaires.get(response.questionnaire) if response.questionnaire else None
    if asked is None:
        return
    told = [item.name for item in help_items(asked) if item.name in response.values]
    options = help_options(asked)
    kinds = {code for item in told for code in response.codes(item)} & options.keys()
    if told and not kinds:
        yield Wish(response, "", "", NOTHING)
    for kind in sorted(kinds):
        state = _state(frames, response, kind, changes)
        yield Wish(response, kind, asked.text(options[kind].label, language), state)


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
