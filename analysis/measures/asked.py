"""Where and when a question was asked in the workshops of a report."""

from collections.abc import Collection

from analysis.facts.frames import Frames


def was_asked(frames: Frames, item: str, waves: Collection[str]) -> bool:
    """Return whether one of some waves has opened with a questionnaire that has this item."""
    return bool(workshops_asked(frames, item, waves))


def workshops_asked(frames: Frames, item: str, waves: Collection[str]) -> dict[str, set[str]]:
    """Return the workshops in which each of some waves has opened with this item, by wave."""
    opened = frames.waves[
        frames.waves["opened_at"].notna() & frames.waves["key"].isin(list(waves))
    ]
    pinned = ["key", "workshop_code", "questionnaire_key", "questionnaire_version"]
    found: dict[str, set[str]] = {}
    for wave, code, key, version in opened[pinned].dropna().itertuples(index=False):
        asked = frames.questionnaires.get((str(key), int(version)))
        if asked is not None and item in asked.by_name:
            found.setdefault(str(wave), set()).add(str(code))
    return found
