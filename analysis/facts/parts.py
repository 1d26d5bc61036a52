"""Parts of the facts: those about some workshops, or about the people of some administrations."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from analysis.facts.frames import Frames


def of_workshops(frames: Frames, codes: Collection[str]) -> Frames:
    """Return the facts about some workshops out of those about more of them."""
    waves = _chosen(frames.waves, "workshop_code", codes)
    programmes = frames.programmes
    theirs = programmes["trainers_workshop"].isin(list(codes)) | (
        programmes["follow_up_workshop"].isin(list(codes))
    )
    pinned = waves[["questionnaire_key", "questionnaire_version"]].dropna()
    keys = {(str(key), int(version)) for key, version in pinned.itertuples(index=False)}
    return replace(
        _of_cases(frames, _chosen(frames.cases, "wave_id", waves["id"])),
        workshops=_chosen(frames.workshops, "code", codes),
        enrolments=_chosen(frames.enrolments, "workshop_code", codes),
        waves=waves,
        programmes=programmes[theirs],
        questionnaires={k: one for k, one in frames.questionnaires.items() if k in keys},
        unlinked=_chosen(frames.unlinked, "workshop_code", codes),
    )


def of_places(frames: Frames, places: Collection[str]) -> Frames:
    """Return the facts about the people of some administrations out of those about more of them."""
    people = _chosen(frames.enrolments, "administration_code", places)
    unlinked = _chosen(frames.unlinked, "administration_code", places)
    theirs = {*people["id"], *unlinked["id"]}
    cases = _chosen(frames.cases, "enrolment_id", theirs)
    return replace(_of_cases(frames, cases), enrolments=people, unlinked=unlinked)


def _of_cases(frames: Frames, cases: pd.DataFrame) -> Frames:
    """Return the facts with some cases, and what belongs to these alone."""
    numbers = cases["id"]
    return replace(
        frames,
        cases=cases,
        attempts=_chosen(frames.attempts, "case_id", numbers),
        answers=_chosen(frames.answers, "case_id", numbers),
        earlier_answers=_chosen(frames.earlier_answers, "case_id", numbers),
        verifications=_chosen(frames.verifications, "case_id", numbers),
        anchor_decisions=_chosen(frames.anchor_decisions, "case_id", numbers),
        text_decisions=_chosen(frames.text_decisions, "case_id", numbers),
        theme_marks=_chosen(frames.theme_marks, "case_id", numbers),
    )


def _chosen(frame: pd.DataFrame, column: str, values: Iterable[object]) -> pd.DataFrame:
    return frame[frame[column].isin(list(values))]
