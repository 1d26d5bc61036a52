"""Where and when questions were asked in the workshops of a report."""

from collections.abc import Collection

from analysis.facts.frames import Frames


def asked_items(frames: Frames) -> dict[str, set[str]]:
    """Return the names of the items of all questionnaires that opened waves have, by the wave's key."""
    opened = frames.waves[frames.waves["opened_at"].notna()]
    pinned = opened[["key", "questionnaire_key", "questionnaire_version"]].dropna()
    found: dict[str, set[str]] = {}
    for wave, key, version in pinned.itertuples(index=False):
        questionnaire = frames.questionnaires.get((str(key), int(version)))
        if questionnaire is not None:
            found.setdefault(str(wave), set()).update(item.name for item in questionnaire.items)
    return found


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
