"""Whether a question was asked at all in the workshops of a report."""

from analysis.facts.frames import Frames


def asked(frames: Frames, item: str) -> bool:
    """Return whether a wave of the frames has opened with a questionnaire that has this item."""
    opened = frames.waves[frames.waves["opened_at"].notna()]
    pinned = opened[["questionnaire_key", "questionnaire_version"]].dropna()
    used = {(str(key), int(version)) for key, version in pinned.itertuples(index=False)}
    return any(
        one.name == item
        for key, found in frames.questionnaires.items()
        if key in used
        for one in found.items
    )
