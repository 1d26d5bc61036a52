"""Takeaways, needs and obstacles of a workshop: read from a file, compared, stored with it.

One transaction; waves that are open already keep the choices they were opened with.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.lists import List
from bot.office import Office
from bot.recording import record
from storage.audit import Act
from storage.waves import waves_of
from storage.workshop_lists import Lists, all_lists, lists_of, put_lists
from storage.workshops import lock_workshop
from surveys.authoring import packaged_keys, packaged_questionnaire
from surveys.differences import Difference, option_changes
from surveys.problems import BadInput, Problem
from surveys.workshop_lists import WORKSHOP_LISTS, fillable


@dataclass(frozen=True)
class ListsChanged:
    """The own lists of a workshop now, what changed in them, and the open waves that keep theirs."""

    lists: Lists
    changes: tuple[Difference, ...]
    open_waves: tuple[str, ...]
    warnings: tuple[Problem, ...]


def import_lists(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> ListsChanged:
    """Replace the lists that a file names. Raises BadInput with every problem; nothing is half done."""
    from surveys.xlsform import read_choice_lists

    lock_workshop(connection, code)
    lists, problems = read_choice_lists(given.content, given.source, WORKSHOP_LISTS)
    if not lists:
        raise BadInput(problem for problem in problems if problem.severity == "error")
    _refuse_second_meanings(connection, code, lists, given.source)
    before = lists_of(connection, code)
    changes = [
        change
        for name, options in lists.items()
        for change in option_changes(name, before.get(name, ()), options, "en")
    ]
    if not given.dry_run:
        put_lists(connection, code, lists, now)
        record(connection, office, Act.IMPORTED, f"{code} lists", now, changes=len(changes))
    waves = waves_of(connection, code).values()
    return ListsChanged(
        lists={**before, **lists},
        changes=tuple(changes),
        open_waves=tuple(wave.key for wave in waves if wave.open),
        warnings=problems,
    )


def _refuse_second_meanings(connection: Connection, code: str, lists: Lists, source: str) -> None:
    """A code means one thing in every list of its name, so that counts over workshops can be read."""
    known = _meanings(connection, code)
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


def _meanings(connection: Connection, code: str) -> dict[tuple[str, str], tuple[str, str]]:
    """English labels by list and code, and where they stand: in general, or in other workshops."""
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
