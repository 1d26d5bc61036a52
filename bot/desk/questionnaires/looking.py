"""What publishing a questionnaire would do, before it is done. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.questionnaires.publishing import OPEN_TOO, all_changes, doubts
from bot.desk.questionnaires.uses import Uses, uses_of
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.instruments.questionnaires import newest
from surveys.authoring.carrying import Carried, carried
from surveys.authoring.differences import Difference, texts_only
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire

MOST_LISTED = 10


@dataclass(frozen=True)
class ToPublish:
    """What publishing a questionnaire would do: its changes, whom they reach, what languages lose.

    `texts` are its changes as a correction of texts, which keeps all translations; none if it is
    more than that. `asks` says that others ask it already, so the act needs a yes.
    """

    questionnaire: Questionnaire
    before: Questionnaire | None
    changes: tuple[Difference, ...]
    texts: tuple[Difference, ...]
    warnings: tuple[Problem, ...]
    uses: Uses
    languages: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether there is nothing to publish."""
        return self.before is not None and not self.changes

    @property
    def corrects(self) -> bool:
        """Whether only texts differ, and open interviews would show others from now on."""
        return bool(self.texts and self.uses.open_now)

    @property
    def corrected(self) -> tuple[str, ...]:
        """What a correction of texts reaches, in sentences."""
        open_now = self.uses.open_now
        if not open_now:
            return (f"No wave is open with it. {OPEN_TOO}",)
        waves = counted(len(open_now), "wave is open", "waves are open")
        more = len(open_now) - MOST_LISTED
        shown = ", ".join(open_now[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
        return (f"{waves} with it: {shown}. {OPEN_TOO}",)

    @property
    def asks(self) -> bool:
        """Whether a new version replaces what others ask."""
        return self.before is not None and not self.same and self.uses.any


def look_at(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> ToPublish:
    """Return what publishing a questionnaire would do. Writes nothing."""
    before = newest(connection, questionnaire.key)
    uses = uses_of(connection, office, questionnaire.key, now)
    told = carried(before, questionnaire) if before else Carried(questionnaire)
    changes = all_changes(before, told.questionnaire) if before else ()
    texts = _changes_of_texts(before, questionnaire) if before else ()
    doubtful = doubts(connection, office, questionnaire)
    return ToPublish(told.questionnaire, before, changes, texts, doubtful, uses, _told(told))


def _changes_of_texts(before: Questionnaire, given: Questionnaire) -> tuple[Difference, ...]:
    """Return what a correction of texts would change; nothing if more than texts differ."""
    told = carried(before, given, corrects=True).questionnaire
    return all_changes(before, told) if texts_only(before, told) else ()


def _told(told: Carried) -> tuple[str, ...]:
    """Return what happens to the languages of the version before, in sentences."""
    lines = []
    if told.untranslated:
        shown = ", ".join(told.untranslated[:MOST_LISTED])
        more = len(told.untranslated) - MOST_LISTED
        shown += f" and {more} more" if more > 0 else ""
        language = told.questionnaire.default_language
        lines.append(f"In {', '.join(told.kept)} these are asked in {language}: {shown}.")
    if told.dropped:
        lines.append(
            f"These languages end, because too few texts are the same: {', '.join(told.dropped)}."
        )
    return tuple(lines)
