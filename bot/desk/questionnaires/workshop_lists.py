"""The own lists of a workshop (takeaways, needs, obstacles), imported from a file.

Each function is one transaction; the file was read before, by `bot.desk.questionnaires.files`. Open
waves keep the choices they were opened with; a correction changes their texts only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.questionnaires.files import ChoiceLists
from bot.desk.questionnaires.publishing import CORRECTIONS, named
from bot.settings.office import Office
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.instruments.corrections import correct_lists as store_correction
from storage.instruments.corrections import (
    correction_of,
)
from storage.instruments.workshop_lists import Lists, all_lists, lists_of, put_lists
from storage.office.audit import Act
from surveys.authoring.differences import Difference, option_changes
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.workshop_lists import fillable
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Option, Questionnaire

CHOICES = "lists"
"""What entries of the audit log call the choices of a workshop."""
MORE_THAN_TEXTS = "This is more than a correction of texts: import the list without --text-only."


@dataclass(frozen=True)
class ListsChanged:
    """The own lists of a workshop now and before, their changes, and the waves that are open.

    These keep the choices of before; a correction changes their texts.
    """

    lists: Lists
    changes: tuple[Difference, ...]
    open_waves: tuple[str, ...]
    warnings: tuple[Problem, ...]
    number: int = 0
    """The number of the change, by which it is taken back; 0 if nothing was changed."""
    corrected: tuple[str, ...] = ()
    """The versions of questionnaires that show the corrected texts from now on."""


def import_lists(
    connection: Connection, office: Office, code: str, given: ChoiceLists, now: datetime
) -> ListsChanged:
    """Replace the lists that a file names. Raise BadInput with all problems; then nothing changes."""
    before = _before(connection, code, given)
    lists = given.lists
    changes = _changes(before, lists)
    number = 0
    if not given.dry_run and differ(before, lists):
        number = put_lists(connection, code, lists, now)
        counts = {"changes": len(changes), "change": number}
        record(connection, office, Act.IMPORTED, f"{code} {CHOICES}", now, **counts)
    waves = open_waves_of(connection, code)
    return ListsChanged({**before, **lists}, changes, waves, given.warnings, number)


def open_waves_of(connection: Connection, code: str) -> tuple[str, ...]:
    """Return the keys of the open waves of a workshop."""
    return tuple(wave.key for wave in waves_of(connection, code).values() if wave.open)


def differ(before: Lists, lists: Lists) -> bool:
    """Return whether one of these lists differs from the one of before."""
    return any(before.get(name, ()) != options for name, options in lists.items())


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
    number = 0
    if not given.dry_run and differ(before, after):
        corrected = store_correction(connection, code, before, after, now)
        versions = [correction_of(one) for one in corrected]
        number = put_lists(connection, code, after, now, corrected=versions)
        counts = {"corrected": len(corrected), "change": number}
        record(connection, office, Act.IMPORTED, f"{code} {CHOICES}", now, **counts)
    names = tuple(named(one) for one in corrected)
    waves = open_waves_of(connection, code)
    return ListsChanged({**before, **after}, changes, waves, given.warnings, number, names)


def _before(connection: Connection, code: str, given: ChoiceLists) -> Lists:
    """Return the lists of a workshop. Raise BadInput if those of a file conflict with others."""
    if given.dry_run:
        get_workshop(connection, code)
    else:
        lock_workshop(connection, code)
    refuse_conflicting_labels(connection, code, given.lists, given.source)
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


def refuse_conflicting_labels(
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
