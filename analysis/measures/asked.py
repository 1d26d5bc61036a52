"""Where and when questions were asked in the workshops of a report."""

from collections.abc import Collection

from analysis.facts.frames import Frames


def asked_items(frames: Frames) -> dict[str, set[str]]:
    """Return the names of the items of all questionnaires that opened waves have, by the wave's key."""
    found: dict[str, set[str]] = {}
    for wave, _, questionnaire in frames.pinned:
        found.setdefault(wave, set()).update(item.name for item in questionnaire.items)
    return found


def workshops_asked(frames: Frames, item: str, waves: Collection[str]) -> dict[str, set[str]]:
    """Return the workshops in which each of some waves has opened with this item, by wave."""
    found: dict[str, set[str]] = {}
    for wave, workshop, questionnaire in frames.pinned:
        if wave in waves and item in questionnaire.by_name:
            found.setdefault(wave, set()).add(workshop)
    return found
