"""Facts as they stood at a cut-off: later ones are left out or undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.facts.cut_offs import CutOffs, cut_offs
from analysis.facts.frames import Frames

ENDED = ("refused_at", "withdrawn_at", "handed_over_at")
LIMIT = "counted_until"


def until(frames: Frames, cut_off: datetime | CutOffs) -> Frames:
    """Return the same frames as they stood at `cut_off`: later facts are left out or undone.

    Facts of a wave are counted until its own moment, people on the list until the newest one. An
    answer that was changed or cleared later has its earlier value again. Erased data stay erased. A
    text that was not released by the newest moment counts as unread; a release that was changed or
    taken back since stays so.
    """
    limits = cut_offs(cut_off)
    enrolments = frames.enrolments[frames.enrolments["enrolled_at"] <= limits.at].copy()
    _forget_later(enrolments, ("consented_at", *ENDED), limits.at)
    waves = frames.waves[limits.over(frames.waves)].copy()
    of_wave = limits.limits(waves)
    _forget_later(waves, ("opened_at", "closed_at", "missed_at"), of_wave)
    cases = _kept(frames.cases, "wave_id", "created_at", of_wave.set_axis(waves["id"]).to_dict())
    people = [*enrolments["id"], *frames.unlinked["id"]]
    cases = cases[cases["enrolment_id"].isin(people)]
    of_case = cases.pop(LIMIT)
    reopened = cases["closed_at"] > of_case
    if reopened.any():
        cases.loc[reopened, ["disposition", "disposition_detail"]] = None
    _forget_later(cases, ("started_at", "completed_at", "closed_at"), of_case)
    by_case = of_case.set_axis(cases["id"]).to_dict()
    attempts = _kept(frames.attempts, "case_id", "claimed_at", by_case)
    attempts.loc[attempts["outcome_at"] > attempts.pop(LIMIT), "outcome"] = "leaving"
    return replace(
        frames,
        enrolments=enrolments,
        waves=waves,
        cases=cases,
        attempts=attempts,
        answers=_answers_until(frames, by_case),
        verifications=_verified(frames.verifications, by_case),
        anchor_decisions=_standing(frames.anchor_decisions, by_case),
        text_decisions=_of_texts_released(frames.text_decisions, limits.at),
        themes=frames.themes[frames.themes["changed_at"] <= limits.at],
        theme_marks=_until(frames.theme_marks, "marked_at", by_case),
        cut_offs=limits,
    )


def _verified(frame: pd.DataFrame, by_case: Mapping[Any, Any]) -> pd.DataFrame:
    """Return the documents seen that were not withdrawn when their cases were last counted."""
    if frame.empty:
        return frame
    then = _kept(frame, "case_id", "verified_at", by_case)
    _forget_later(then, ("withdrawn_at",), then.pop(LIMIT))
    return then[then["withdrawn_at"].isna()]


def _standing(decisions: pd.DataFrame, by_case: Mapping[Any, Any]) -> pd.DataFrame:
    """Return the newest decision about each anchor when its case was last counted."""
    then = _until(decisions, "decided_at", by_case)
    return then.drop_duplicates(["case_id", "anchor", "about"], keep="last")


def _of_texts_released(decisions: pd.DataFrame, cut_off: datetime) -> pd.DataFrame:
    """Return the decisions until a moment, and later ones about texts that were released then."""
    if decisions.empty:
        return decisions
    text = ["case_id", "item", "fingerprint"]
    then = decisions["decided_at"] <= cut_off
    standing = decisions[then].drop_duplicates(text, keep="last")
    released = standing.loc[standing["state"] == "released", text]
    known = pd.MultiIndex.from_frame(decisions[text]).isin(pd.MultiIndex.from_frame(released))
    return decisions[then | known]


def _answers_until(frames: Frames, by_case: Mapping[Any, Any]) -> pd.DataFrame:
    """Return the answers as they stood when their cases were last counted."""
    answers = _until(frames.answers, "answered_at", by_case)
    if frames.earlier_answers.empty:
        return answers
    earlier = _kept(frames.earlier_answers, "case_id", "answered_at", by_case)
    earlier = earlier[earlier["replaced_at"] > earlier[LIMIT]]
    if earlier.empty:
        return answers
    together = pd.concat([answers, earlier[answers.columns]], ignore_index=True)
    return together.sort_values(["case_id", "item"], ignore_index=True)


def _until(frame: pd.DataFrame, column: str, by_case: Mapping[Any, Any]) -> pd.DataFrame:
    """Return the rows whose moment is not later than their case is counted."""
    return _kept(frame, "case_id", column, by_case).drop(columns=LIMIT) if len(frame) else frame


def _kept(frame: pd.DataFrame, owner: str, column: str, limits: Mapping[Any, Any]) -> pd.DataFrame:
    """Return the rows whose moment is not later than the limit of their owner, with that limit."""
    # A frame of a few rows takes longer to map its column than to read it.
    moments: list[Any] = [limits.get(one) for one in frame[owner].tolist()]
    found = pd.DatetimeIndex(moments, tz="UTC")
    inside = (frame[column] <= found).to_numpy()
    return frame[inside].assign(**{LIMIT: found[inside]})


def _forget_later(
    frame: pd.DataFrame, columns: Sequence[str], limits: "datetime | pd.Series"
) -> None:
    for column in columns:
        inside = frame[column] <= limits
        if (frame[column].notna() & ~inside).any():
            frame[column] = frame[column].where(inside)


def ended_by(cases: pd.DataFrame, limits: CutOffs | None) -> pd.DataFrame:
    """Return cases (with `wave`) whose people had not ended later than their wave is counted."""
    if limits is None or limits.waves is None:
        return cases
    found = cases.copy()
    named = found.rename(columns={"wave": "key", "workshop": "workshop_code"})
    _forget_later(found, ENDED, limits.limits(named))
    return found


def attending(frames: Frames, wave: str) -> pd.DataFrame:
    """Return the people on the lists as long as a wave is counted."""
    told = frames.cut_offs.waves if frames.cut_offs else None
    if told is None:
        return frames.enrolments
    limits = {workshop: at for (workshop, key), at in told.items() if key == wave}
    found = _kept(frames.enrolments, "workshop_code", "enrolled_at", limits)
    _forget_later(found, ENDED, found.pop(LIMIT))
    return found
