"""Whether a question was asked at all in the workshops of a report."""

from collections.abc import Collection

from analysis.facts.frames import Frames


def was_asked(frames: Frames, item: str, waves: Collection[str]) -> bool:
    """Return whether one of some waves has opened with a questionnaire that has this item."""
    opened = frames.waves[
        frames.waves["opened_at"].notna() & frames.waves["key"].isin(list(waves))
    ]
    pinned = opened[["questionnaire_key", "questionnaire_version"]].dropna()
    used = {(str(key), int(version)) for key, version in pinned.itertuples(index=False)}
    found = (frames.questionnaires[key] for key in used if key in frames.questionnaires)
    return any(one.name == item for questionnaire in found for one in questionnaire.items)
