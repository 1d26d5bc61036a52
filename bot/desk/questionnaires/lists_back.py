"""Take back a change of the own lists of a workshop, in open waves too if it has reached them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.questionnaires.publishing import EARLIER_TEXTS
from bot.desk.questionnaires.workshop_lists import (
    CHOICES,
    differ,
    open_waves_of,
    refuse_conflicting_labels,
)
from bot.settings.office import Office
from storage.fieldwork.workshops import lock_workshop
from storage.instruments.corrections import (
    MadeSince,
    correct_lists,
    correction_of,
    may_correct_lists,
    may_put_texts_back,
    put_texts_back,
)
from storage.instruments.text_changes import (
    NewChange,
    TextChange,
    changes_of_choices,
    named_change,
)
from storage.instruments.workshop_lists import Lists, lists_in, lists_of, put_lists
from storage.office.audit import Act
from surveys.authoring.putting_back import options_back
from surveys.authoring.workshop_lists import WITH_OTHER


@dataclass(frozen=True)
class ListsPutBack:
    """A change of the lists of a workshop that was taken back, but for those changed since.

    `number` takes it back again; 0 if nothing was changed.
    """

    workshop: str
    kept: tuple[str, ...] = ()
    number: int = 0

    @property
    def said(self) -> str:
        """The result in words."""
        stay = f"Changed since, so they stay: {', '.join(self.kept)}. " if self.kept else ""
        back = f"The choices of {self.workshop} are as before"
        if self.number:
            return f"{stay}The others are as before." if stay else f"{back}."
        return f"{stay or f'{back} already. '}Nothing was changed."


def put_back_lists(
    connection: Connection, office: Office, code: str, number: int, now: datetime
) -> ListsPutBack:
    """Take back a change of lists, but for what was changed since; 0 stands for the newest change.

    Open waves that got corrected texts get those of before. Its number takes back this act in the
    same way.
    """
    lock_workshop(connection, code)
    change = _named(connection, code, number)
    stored = lists_of(connection, code)
    back, kept = _back(stored, change.what)
    refuse_conflicting_labels(connection, code, back, f"the choices of {code} of before")
    versions, stay = put_texts_back(connection, change.what.corrected, now)
    if change.what.in_open_waves:
        versions += correct_lists(connection, code, stored, back, now, _since(change))
    kept = tuple(dict.fromkeys((*kept, *(one.removesuffix(WITH_OTHER) for one in stay))))
    if not back and not versions:
        return ListsPutBack(code, kept)
    corrected = [correction_of(one) for one in versions] if change.what.in_open_waves else None
    new = put_lists(connection, code, back, now, change.number, corrected)
    counts = {"lists": len(back), "corrected": len(versions), "change": new}
    record(connection, office, Act.IMPORTED, f"{code} {CHOICES} put back", now, **counts)
    return ListsPutBack(code, kept, new)


def reach_of_put_back(connection: Connection, code: str, number: int) -> tuple[str, ...]:
    """Return whom taking a change back reaches, in sentences; none if it reaches nobody."""
    change = _named(connection, code, number)
    if not _reaches(connection, code, change):
        return ()
    waves = ", ".join(open_waves_of(connection, code)) or "none"
    return (
        f"It has reached open waves. Open now: {waves}.",
        EARLIER_TEXTS,
    )


def _reaches(connection: Connection, code: str, change: TextChange) -> bool:
    """Return whether taking a change back changes a version that is asked."""
    if may_put_texts_back(connection, change.what.corrected):
        return True
    stored = lists_of(connection, code)
    back, _ = _back(stored, change.what)
    since = _since(change)
    return change.what.in_open_waves and may_correct_lists(connection, code, stored, back, since)


def _since(change: TextChange) -> MadeSince:
    """Return where a correction of lists is shown too: in versions made after it."""
    return MadeSince(change.what.at, change.what.corrected)


def _named(connection: Connection, code: str, number: int) -> TextChange:
    return named_change(changes_of_choices(connection, code), number, f"the choices of {code}")


def _back(stored: Lists, change: NewChange) -> tuple[Lists, tuple[str, ...]]:
    """Return the lists that taking a change back replaces, and what was changed since."""
    before, after = lists_in(change.before), lists_in(change.after)
    if change.in_open_waves:
        return _texts_back(stored, before, after)
    mine = [name for name in after if stored.get(name, ()) == after[name]]
    kept = (name for name in after if name not in mine and differ(stored, {name: before[name]}))
    back = {name: before[name] for name in mine if before[name] != after[name]}
    return back, tuple(kept)


def _texts_back(stored: Lists, before: Lists, after: Lists) -> tuple[Lists, tuple[str, ...]]:
    """Return the lists with texts of before, and the choices whose texts were corrected since."""
    found = {name: options_back(stored.get(name, ()), before[name], after[name]) for name in after}
    kept = tuple(f"choice {code} of {name}" for name, one in found.items() for code in one.kept)
    told = {name: one.options for name, one in found.items()}
    return {name: one for name, one in told.items() if differ(stored, {name: one})}, kept


def may_put_lists_back(connection: Connection, change: TextChange) -> bool:
    """Return whether taking a change of lists back would change anything."""
    back, _ = _back(lists_of(connection, change.what.workshop or ""), change.what)
    return bool(back) or may_put_texts_back(connection, change.what.corrected)
