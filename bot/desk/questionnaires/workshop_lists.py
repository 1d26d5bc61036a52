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
    may_put_texts_back,
    put_texts_back,
)
from storage.instruments.text_changes import (
    NewChange,
    TextChange,
    changes_of_choices,
    named_change,
)
from storage.instruments.workshop_lists import Lists, all_lists, lists_in, lists_of, put_lists
from storage.office.audit import Act
from surveys.authoring.differences import Difference, option_changes
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.putting_back import options_back
from surveys.authoring.workshop_lists import WITH_OTHER, fillable
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


def import_lists(
    connection: Connection, office: Office, code: str, given: ChoiceLists, now: datetime
) -> ListsChanged:
    """Replace the lists that a file names. Raise BadInput with all problems; then nothing changes."""
    before = _before(connection, code, given)
    lists = given.lists
    changes = _changes(before, lists)
    number = 0
    if not given.dry_run and _differ(before, lists):
        number = put_lists(connection, code, lists, now)
        counts = {"changes": len(changes), "change": number}
        record(connection, office, Act.IMPORTED, f"{code} {CHOICES}", now, **counts)
    waves = _open_waves(connection, code)
    return ListsChanged({**before, **lists}, changes, waves, given.warnings, number)


def _open_waves(connection: Connection, code: str) -> tuple[str, ...]:
    return tuple(wave.key for wave in waves_of(connection, code).values() if wave.open)


def _differ(before: Lists, lists: Lists) -> bool:
    return any(before.get(name, ()) != options for name, options in lists.items())


def put_back_lists(
    connection: Connection, office: Office, code: str, number: int, now: datetime
) -> ListsPutBack:
    """Take back a change of lists, but for what was changed since; 0 stands for the newest change.

    Open waves that got corrected texts get those of before. Its number takes back this act in the
    same way.
    """
    lock_workshop(connection, code)
    change = named_change(changes_of_choices(connection, code), number, f"the choices of {code}")
    back, kept = _back(lists_of(connection, code), change.what)
    _refuse_conflicting_labels(connection, code, back, f"the choices of {code} of before")
    versions, stay = put_texts_back(connection, change.what.corrected, now)
    kept = tuple(dict.fromkeys((*kept, *(one.removesuffix(WITH_OTHER) for one in stay))))
    if not back and not versions:
        return ListsPutBack(code, kept)
    corrected = [correction_of(one) for one in versions] if change.what.in_open_waves else None
    new = put_lists(connection, code, back, now, change.number, corrected)
    counts = {"lists": len(back), "corrected": len(versions), "change": new}
    record(connection, office, Act.IMPORTED, f"{code} {CHOICES} put back", now, **counts)
    return ListsPutBack(code, kept, new)


def _back(stored: Lists, change: NewChange) -> tuple[Lists, tuple[str, ...]]:
    """Return the lists that taking a change back replaces, and what was changed since."""
    before, after = lists_in(change.before), lists_in(change.after)
    if change.in_open_waves:
        return _texts_back(stored, before, after)
    mine = [name for name in after if stored.get(name, ()) == after[name]]
    kept = (name for name in after if name not in mine and _differ(stored, {name: before[name]}))
    back = {name: before[name] for name in mine if before[name] != after[name]}
    return back, tuple(kept)


def _texts_back(stored: Lists, before: Lists, after: Lists) -> tuple[Lists, tuple[str, ...]]:
    """Return the lists with texts of before, and the choices whose texts were corrected since."""
    found = {name: options_back(stored.get(name, ()), before[name], after[name]) for name in after}
    kept = tuple(f"choice {code} of {name}" for name, one in found.items() for code in one.kept)
    told = {name: one.options for name, one in found.items()}
    return {name: one for name, one in told.items() if _differ(stored, {name: one})}, kept


def may_put_lists_back(connection: Connection, change: TextChange) -> bool:
    """Return whether taking a change of lists back would change anything."""
    back, _ = _back(lists_of(connection, change.what.workshop or ""), change.what)
    return bool(back) or may_put_texts_back(connection, change.what.corrected)


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
    if not given.dry_run and _differ(before, after):
        corrected = store_correction(connection, code, before, after, now)
        versions = [correction_of(one) for one in corrected]
        number = put_lists(connection, code, after, now, corrected=versions)
        counts = {"corrected": len(corrected), "change": number}
        record(connection, office, Act.IMPORTED, f"{code} {CHOICES}", now, **counts)
    names = tuple(named(one) for one in corrected)
    waves = _open_waves(connection, code)
    return ListsChanged({**before, **after}, changes, waves, given.warnings, number, names)


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
