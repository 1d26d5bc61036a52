"""What was done by everybody: lately, or about one workshop or wave. From the audit log. Reads only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.audit import about_now
from bot.desk.questionnaires.lists_back import may_put_lists_back
from bot.desk.questionnaires.putting_back import may_put_correction_back
from bot.desk.workshops.plans import is_plan_as_left
from bot.desk.workshops.programme_changes import may_put_programme_back
from storage.fieldwork.workshop_names import codes_by_former
from storage.instruments.questionnaires import list_questionnaires
from storage.instruments.text_changes import TextChange, find_change
from storage.office.audit import (
    CHANGES_NOTHING,
    Act,
    Entry,
    entries_about,
    entries_of,
    latest_entries,
)
from storage.office.staff import label_of
from storage.people.imports import imports_of

MOST = 20
CALENDAR, PEOPLE = "workshops", "people"
"""What entries of imports say was imported."""
OF_RECOMMENDATIONS = (
    Act.RECOMMENDED,
    Act.RECOMMENDATION_CHANGED,
    Act.RECOMMENDATION_RELEASED,
    Act.RECOMMENDATION_WITHDRAWN,
    Act.RECOMMENDATION_SETTLED,
    Act.RECOMMENDATION_UNDONE,
)
OF_STEPS = (Act.NEXT_STEP_CHANGED, Act.NEXT_STEP_UNDONE)
OF_ANCHORS = (
    Act.DESCRIPTION_ACCEPTED,
    Act.DESCRIPTION_REJECTED,
    Act.DISPUTE_DECIDED,
    Act.ANCHOR_UNDECIDED,
)
OF_THEMES = (Act.THEMES_MARKED, Act.THEMES_DECIDED, Act.THEMES_UNDONE)
OBJECTS = {
    Act.PUBLISHED: (1, "version"),
    Act.PERSON_STOPPED: (1, "messages"),
    Act.PERSON_STARTED: (1, "messages"),
    Act.PERSON_PAUSED: (1, "messages"),
    Act.PERSON_REMOVED: (2, "workshop"),
    Act.PERSON_RESTORED: (2, "workshop"),
    Act.WORKSHOP_CHANGED: (2, ""),
    **dict.fromkeys(OF_RECOMMENDATIONS, (3, "")),
    **dict.fromkeys(OF_STEPS, (-1, "step")),
    **dict.fromkeys(OF_ANCHORS, (-1, "anchor")),
    **dict.fromkeys((Act.THEME_CHANGED, Act.THEME_UNDONE), (1, "theme")),
    **dict.fromkeys(OF_THEMES, (3, "themes")),
    Act.STAFF_REMOVED: (1, "access"),
    Act.STAFF_RESTORED: (1, "access"),
    Act.STAFF_CHANGED: (1, "role"),
    Act.SHARED: (1, "link"),
    Act.SHARE_ENDED: (1, "link"),
    Act.SHARE_RESTORED: (1, "link"),
}
"""How many words of an entry name what it is about (-1: all but the last), and what of it.

For others it is all before ":".
"""
SAME = {"restored": "cancelled", "not": "confirmed"}
"""Words of an entry that are about the same as others."""


@dataclass(frozen=True)
class Lately:
    """An act: when, who did it, what, and about what, in codes. `newest` of its object and kind.

    `now` is what it is about with the code that the workshop has by now.
    """

    at: datetime
    who: str
    act: Act
    about: str
    now: str
    counts: dict[str, int]
    newest: bool
    list: int = 0
    """The number of a list or calendar that was saved, while it can be undone."""
    change: int = 0
    """The number of a change of a plan, of choices or of texts, while it can be undone."""
    before: int = 0
    """The version of a questionnaire that was asked before the one that was published."""


def done_lately(connection: Connection, zone: ZoneInfo, now: datetime) -> list[Lately]:
    """Return the acts since yesterday morning at the office, the newest first, at most 20."""
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    since = datetime.combine(yesterday, time(), zone)
    return _with_newest(connection, latest_entries(connection, since, MOST))


def done_about(connection: Connection, code: str, wave: str = "") -> list[Lately]:
    """Return the acts about a workshop, or about one of its waves, the newest first, at most 20.

    Those about one person in a wave are among those of the wave, and those under a former code of
    the workshop are among them too.
    """
    named = [code.lower(), wave.lower()] if wave else [code.lower()]
    former = codes_by_former(connection)
    earlier = (name for name, present in former.items() if present == code)
    there = entries_about(connection, code, *earlier)
    found = [one for one in there if _is_about(one, named, former)][-MOST:]
    names = {who: label_of(connection, who) for who in {one.who for one in found}}
    return _with_newest(connection, [(one, names[one.who]) for one in reversed(found)])


def done_of(connection: Connection, kinds: Mapping[Act, str]) -> list[Lately]:
    """Return the last acts of some kinds whose entry ends so, the newest first, at most 20."""
    found = [
        one
        for act, end in kinds.items()
        for one in entries_of(connection, act)
        if one.about.endswith(end)
    ]
    last = sorted(found, key=lambda one: one.at, reverse=True)[:MOST]
    return _with_newest(connection, [(one, label_of(connection, one.who)) for one in last])


def _is_about(one: Entry, named: Sequence[str], former: Mapping[str, str]) -> bool:
    """Return whether an entry begins with some codes, or with a person and then the wave."""
    if one.act in CHANGES_NOTHING:
        return False
    words = about_now(one, former).lower().replace(":", "").split()
    return words[: len(named)] == named or (len(named) > 1 and words[1:3] == named)


def _with_newest(connection: Connection, entries: Sequence[tuple[Entry, str]]) -> list[Lately]:
    """Return entries as acts; they come with who acted, the newest first."""
    seen: set[str] = set()
    former = codes_by_former(connection) if entries else {}
    found = []
    for one, who in entries:
        now = about_now(one, former)
        object_ = _object_of(one.act, now)
        found.append(_lately(connection, (one, now), who, object_ not in seen))
        seen.add(object_)
    return found


def _object_of(act: Act, about: str) -> str:
    """Return what an entry is about; a later one about the same says what holds."""
    said, (words, what) = about.partition(":")[0].lower(), OBJECTS.get(act, (0, ""))
    named = [SAME.get(word, word) for word in said.split()[:words]]
    return " ".join((*named, what)) if words else said


def _version_before(connection: Connection, one: Entry) -> int:
    """Return the version before the one of an entry, 0 if there was none, or it corrects texts."""
    key, _, version = one.about.partition(" version ")
    if not version.isdecimal():
        return 0
    earlier = (
        each.version
        for each in list_questionnaires(connection)
        if each.key == key and each.workshop is None and each.version < int(version)
    )
    return max(earlier, default=0)


def _list_of(connection: Connection, one: Entry, now: str) -> int:
    """Return the number of the list or calendar that an entry is about, 0 if it is undone."""
    code, _, kind = now.partition(" ")
    if now != CALENDAR and kind != PEOPLE:
        return 0
    saved = imports_of(connection, code if kind else "")
    numbers = (each.id for each in saved if each.made_at == one.at and not each.undone_at)
    return next(numbers, 0)


def _change_of(connection: Connection, number: int) -> int:
    """Return the number of a change of texts, 0 if it is none or cannot be undone any more."""
    change = find_change(connection, number) if number else None
    if change is None:
        return 0
    return number if _may_put_back(change)(connection, change) else 0


def _may_put_back(change: TextChange) -> Callable[[Connection, TextChange], bool]:
    """Return what says whether a change can still be taken back."""
    if change.what.plan:
        return is_plan_as_left
    if change.what.programme:
        return may_put_programme_back
    return may_put_correction_back if change.what.questionnaire else may_put_lists_back


def _lately(connection: Connection, entry: tuple[Entry, str], who: str, newest: bool) -> Lately:
    one, now = entry
    saved = _list_of(connection, one, now) if one.act is Act.IMPORTED else 0
    before = _version_before(connection, one) if one.act is Act.PUBLISHED else 0
    change = _change_of(connection, one.counts.get("change", 0))
    counts = {name: number for name, number in one.counts.items() if number}
    return Lately(one.at, who, one.act, one.about, now, counts, newest, saved, change, before)
