"""The own lists of a workshop (takeaways, needs, obstacles), imported from a file.

Each function is one transaction; the file was read before, by `bot.desk.questionnaires.files`. Open
waves keep the choices they were opened with; a correction changes their texts only.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.questionnaires.files import ChoiceLists
from bot.desk.questionnaires.publishing import CORRECTIONS, named
from bot.settings.office import Office
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.instruments.questionnaires import correct_lists as store_correction
from storage.instruments.workshop_lists import Lists, all_lists, lists_of, put_lists
from storage.office.audit import Act
from surveys.authoring.differences import Difference, option_changes
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.workshop_lists import fillable
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Option, Questionnaire

MORE_THAN_TEXTS = "This is more than a correction of texts: import the list without --text-only."


@dataclass(frozen=True)
class ListsChanged:
    """The own lists of a workshop now and before, their changes, and open waves that keep the old."""

    lists: Lists
    changes: tuple[Difference, ...]
    open_waves: tuple[str, ...]
    warnings: tuple[Problem, ...]
    before: Lists = field(default_factory=dict)
    corrected: tuple[str, ...] = ()
    """The versions of questionnaires that show the corrected texts from now on."""


def import_lists(
    connection: Connection, office: Office, code: str, given: ChoiceLists, now: datetime
) -> ListsChanged:
    """Replace the lists that a file names. Raise BadInput with all problems; then nothing changes."""
    before = _before(connection, code, given)
    lists = given.lists
    changes = _changes(before, lists)
    if not given.dry_run:
        put_lists(connection, code, lists, now)
        record(connection, office, Act.IMPORTED, f"{code} lists", now, changes=len(changes))
    waves = waves_of(connection, code).values()
    return ListsChanged(
        lists={**before, **lists},
        changes=changes,
        open_waves=tuple(wave.key for wave in waves if wave.open),
        warnings=given.warnings,
        before=before,
    )


def put_back_lists(
    connection: Connection, office: Office, code: str, change: tuple[Lists, Lists], now: datetime
) -> list[str]:
    """Undo an import: put back the lists of before, unless they were changed since; return those.

    `change` are the lists before and after it.
    """
    before, after = change
    lock_workshop(connection, code)
    stored = lists_of(connection, code)
    changed = [name for name in after if stored.get(name, ()) != after[name]]
    back = {name: before.get(name, ()) for name in after if name not in changed}
    if any(stored.get(name, ()) != options for name, options in back.items()):
        put_lists(connection, code, back, now)
        record(connection, office, Act.IMPORTED, f"{code} lists put back", now, lists=len(back))
    return changed


def correct_lists(
    connection: Connection, office: Office, code: str, given: ChoiceLists, now: datetime
) -> ListsChanged:
    """Correct texts of the lists of a workshop, or add languages, in open waves too.

    Texts that the file does not have stay. Raise BadInput with all changes that are more than
    texts: codes and marks must stay, because answers refer to them.
    """
    before = _before(connection, code, given)
    lists = given.lists
    changes = _changes(before, lists)
    refused = [
        Problem(given.source, f"list {change.about}", change.sentence, fix=MORE_THAN_TEXTS)
        for change in changes
        if change.kind not in CORRECTIONS
    ]
    if refused:
        raise BadInput(refused)
    after = {name: _with_new_labels(before[name], options) for name, options in lists.items()}
    corrected: list[Questionnaire] = []
    if not given.dry_run:
        put_lists(connection, code, after, now)
        corrected = store_correction(connection, code, before, after, now)
        record(connection, office, Act.IMPORTED, f"{code} lists", now, corrected=len(corrected))
    names = tuple(named(one) for one in corrected)
    return ListsChanged({**before, **after}, changes, (), given.warnings, before, names)


def _before(connection: Connection, code: str, given: ChoiceLists) -> Lists:
    """Return the lists of a workshop. Raise BadInput if those of a file conflict with others."""
    if given.dry_run:
        get_workshop(connection, code)
    else:
        lock_workshop(connection, code)
    _refuse_conflicting_labels(connection, code, given.lists, given.source)
    return lists_of(connection, code)


def _changes(before: Lists, lists: Lists) -> tuple[Difference, ...]:
    return tuple(
        change
        for name, options in lists.items()
        for change in option_changes(name, before.get(name, ()), options, "en")
    )


def _with_new_labels(before: tuple[Option, ...], given: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return the choices of `before`, in their order, with the labels of `given`."""
    labels = {option.name: option.label for option in given}
    return tuple(
        option.model_copy(update={"label": {**option.label, **labels[option.name]}})
        for option in before
    )


def _refuse_conflicting_labels(
    connection: Connection, code: str, lists: Lists, source: str
) -> None:
    """Raise BadInput where a code has another label in a list of the same name.

    Counts over several workshops add up by code.
    """
    known = _known_labels(connection, code)
    problems = []
    for name, options in lists.items():
        for option in options:
            label, where = known.get((name, option.name), ("", ""))
            if label and label != option.label["en"]:
                message = f"means “{label}” already{where}."
                fix = "Choose another code, or write the same label."
                problems.append(Problem(source, f"list {name}", message, option.name, fix))
    if problems:
        raise BadInput(problems)


def _known_labels(connection: Connection, code: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return English labels by list and code, each with the words for where it is used."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for workshop, lists in all_lists(connection).items():
        if workshop != code:
            for name, options in lists.items():
                for option in options:
                    found[name, option.name] = (option.label["en"], f", in {workshop}")
    for key in packaged_keys():
        questionnaire = packaged_questionnaire(key)
        for name, plain in fillable(questionnaire).items():
            for option in questionnaire.choices[name]:
                found[plain, option.name] = (option.label["en"], "")
    return found
