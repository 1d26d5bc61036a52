"""Take back a correction of the texts of a questionnaire, in interviews under way too."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.questionnaires.publishing import EARLIER_TEXTS, keep_correction, named
from bot.desk.questionnaires.uses import uses_of
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.instruments.corrections import may_put_texts_back, put_texts_back
from storage.instruments.questionnaires import newest
from storage.instruments.text_changes import TextChange, changes_of_questionnaire, named_change
from storage.office.audit import Act
from surveys.authoring.workshop_lists import WITH_OTHER

LANGUAGES = "Languages that it added stay, because people may be reading them."


@dataclass(frozen=True)
class TextsPutBack:
    """A correction of texts that was taken back, but for texts that were corrected since.

    `over` is a version that was published since, and keeps its texts; 0 if there is none. `number`
    takes this act back; 0 if nothing was changed.
    """

    key: str
    corrected: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    over: int = 0
    number: int = 0

    @property
    def said(self) -> str:
        """The result in words."""
        kept = f"Corrected since, so they stay: {', '.join(self.kept)}. " if self.kept else ""
        if not self.number:
            as_before = f"The texts of {self.key} are as before already. {LANGUAGES} "
            return f"{kept or as_before}Nothing was changed."
        back = f"{'The others' if kept else f'The texts of {self.key}'} are as before: "
        over = f" Version {self.over} keeps its texts." if self.over else ""
        return f"{kept}{back}{'; '.join(self.corrected)}.{over}"


def put_correction_back(
    connection: Connection, office: Office, key: str, number: int, now: datetime
) -> TextsPutBack:
    """Take back a correction of texts; 0 stands for the newest one.

    Its number takes back this act in the same way.
    """
    changes = changes_of_questionnaire(connection, key)
    change = named_change(changes, number, f"the texts of {key}")
    versions, kept = put_texts_back(connection, change.what.corrected, now)
    kept = tuple(dict.fromkeys(one.removesuffix(WITH_OTHER) for one in kept))
    over = _over(connection, key, change)
    if not versions:
        return TextsPutBack(key, (), kept, over)
    new = keep_correction(connection, key, versions, now, change.number)
    counts = {"corrected": len(versions), "change": new}
    record(connection, office, Act.PUBLISHED, f"{key} texts put back", now, **counts)
    return TextsPutBack(key, tuple(named(one) for one in versions), kept, over, new)


def reach_of_texts_back(
    connection: Connection, office: Office, key: str, number: int, now: datetime
) -> tuple[str, ...]:
    """Return whom taking a correction back reaches, in sentences; none if it changes no text."""
    change = named_change(changes_of_questionnaire(connection, key), number, f"the texts of {key}")
    if not may_put_correction_back(connection, change):
        return ()
    open_now = len(uses_of(connection, office, key, now).open_now)
    return (f"{counted(open_now, 'wave is open', 'waves are open')} with it.", EARLIER_TEXTS)


def _over(connection: Connection, key: str, change: TextChange) -> int:
    """Return the newest version if it was published after the one that was corrected, else 0."""
    last = newest(connection, key)
    asked = max((one.version for one in change.what.corrected), default=0)
    return last.version if last and last.version > asked else 0


def may_put_correction_back(connection: Connection, change: TextChange) -> bool:
    """Return whether taking a correction back would change a text."""
    return may_put_texts_back(connection, change.what.corrected)
