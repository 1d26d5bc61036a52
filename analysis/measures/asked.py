"""Which questions were asked at all in the workshops of a report."""

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
