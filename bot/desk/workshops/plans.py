"""Plans of the office: imported from files, listed, exported, removed, put back.

Each function is one transaction; repeating an act changes nothing and says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib import resources

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict, NotFound
from storage.fieldwork import plans
from storage.instruments.questionnaires import published_keys
from storage.instruments.text_changes import TextChange, changes_of_plan, named_change
from storage.office.audit import Act
from surveys.planning.plan import Plan
from surveys.planning.plans_file import read_plan
from surveys.problem_list import did_you_mean
from surveys.problems import BadInput, Problem


@dataclass(frozen=True)
class PlanLine:
    """A plan in a listing: its waves, whose it is, and how many workshops follow it."""

    key: str
    whose: str
    workshops: int
    waves: tuple[str, ...]


@dataclass(frozen=True)
class PlanImported:
    """A plan of a file: its changes against the one before, and the workshops that follow it.

    `asks` says that workshops follow it, so the act needs a yes; `changed` that it was done.
    """

    key: str
    changes: tuple[str, ...]
    workshops: tuple[str, ...]
    changed: bool = False
    number: int = 0
    """The number of the change, by which it is taken back; 0 if nothing was changed."""

    @property
    def asks(self) -> bool:
        """Whether the import changes waves of workshops."""
        return bool(self.changes and self.workshops)

    @property
    def said(self) -> tuple[str, ...]:
        """The result in sentences."""
        if not self.changes:
            return (f"The plan {self.key} is the same. Nothing was changed.",)
        head = f"The plan {self.key} {'is stored' if self.changed else 'would be changed'}."
        who = ""
        if self.workshops:
            number = counted(len(self.workshops), "workshop follows", "workshops follow")
            who = f" {number} it: {', '.join(self.workshops)}. Waves that have opened stay."
        return (head + who, *(f"- {change}" for change in self.changes))


@dataclass(frozen=True)
class PlanStored:
    """What became of a plan, in words; the number of the change, 0 if nothing was changed."""

    key: str
    said: str
    number: int = 0


def list_plans(connection: Connection, office: Office) -> list[PlanLine]:
    """Return all plans, those of the office last."""
    own = plans.plan_texts(connection)
    return [
        PlanLine(
            key,
            "the office" if key in own else "packaged",
            len(plans.followers(connection, key)),
            tuple(wave.key for wave in plan.waves),
        )
        for key, plan in all_plans(connection, office).items()
    ]


def all_plans(connection: Connection, office: Office) -> dict[str, Plan]:
    """Return all plans by key, those of the office last."""
    return {**office.rules.plans, **plans.office_plans(connection)}


def look(connection: Connection, office: Office, text: str, source: str) -> PlanImported:
    """Return what importing a plan would do. Raise BadInput with all that is wrong with it."""
    plan = read_plan(text, source)
    _check(connection, office, plan, source)
    known = plans.office_plans(connection).get(plan.key, Plan(plan.key, ()))
    followers = tuple(plans.followers(connection, plan.key))
    return PlanImported(plan.key, _changes(known, plan), followers)


def import_plan(
    connection: Connection, office: Office, text: str, source: str, now: datetime
) -> PlanImported:
    """Store a plan of the office, or replace the one with its key."""
    found = look(connection, office, text, source)
    if not found.changes:
        return found
    number = plans.put_plan(connection, found.key, text, office.acting, now)
    counts = {"workshops": len(found.workshops), "change": number}
    record(connection, office, Act.PLAN_CHANGED, found.key, now, **counts)
    return replace(found, changed=True, number=number)


def put_plan_back(
    connection: Connection, office: Office, key: str, number: int, now: datetime
) -> PlanStored:
    """Take back a change of a plan, unless it was changed since; 0 stands for the newest change.

    Its number takes back this act in the same way.
    """
    present = plans.lock_plan(connection, key)
    change = named_change(changes_of_plan(connection, key), number, f"the plan {key}")
    before = change.what.before
    if present == before:
        return PlanStored(key, f"The plan {key} is as before already. Nothing was changed.")
    if present != change.what.after:
        raise Conflict(f"The plan {key} was changed since. Nothing was changed.")
    if not before:
        return _removed(connection, office, key, now, change.number)
    back = plans.put_plan(connection, key, before, office.acting, now, change.number)
    record(connection, office, Act.PLAN_CHANGED, f"{key} put back", now, change=back)
    return PlanStored(key, f"The plan {key} is as before. Waves that have opened stay.", back)


def look_back(connection: Connection, key: str, number: int) -> PlanImported:
    """Return what taking a change of a plan back would change; nothing if it cannot be taken back."""
    change = named_change(changes_of_plan(connection, key), number, f"the plan {key}")
    if not change.what.before or not is_plan_as_left(connection, change):
        return PlanImported(key, (), ())
    plan = read_plan(change.what.before, key)
    known = plans.office_plans(connection).get(key, Plan(key, ()))
    return PlanImported(key, _changes(known, plan), tuple(plans.followers(connection, key)))


def is_plan_as_left(connection: Connection, change: TextChange) -> bool:
    """Return whether nobody has changed a plan after a change of it."""
    key = change.what.plan or ""
    return plans.plan_texts(connection).get(key, "") == change.what.after


def remove_plan(connection: Connection, office: Office, key: str, now: datetime) -> PlanStored:
    """Delete a plan of the office that no workshop follows. Raise Conflict if one does."""
    if not plans.lock_plan(connection, key):
        raise NotFound(f"The office has no plan {key}. `followup plan list` shows all.")
    return _removed(connection, office, key, now, None)


def _removed(
    connection: Connection, office: Office, key: str, now: datetime, undoes: int | None
) -> PlanStored:
    followers = plans.followers(connection, key)
    if followers:
        raise Conflict(f"The plan {key} stays: {', '.join(followers)} follow it.")
    number = plans.delete_plan(connection, key, now, undoes)
    record(connection, office, Act.PLAN_CHANGED, f"{key} removed", now, change=number)
    return PlanStored(key, f"The plan {key} is removed. No workshop followed it.", number)


def text_of(connection: Connection, office: Office, key: str) -> str:
    """Return the text of a plan, to be written to a file. Raise NotFound for an unknown one."""
    own = plans.plan_texts(connection)
    if key in own:
        return own[key]
    if key not in office.rules.plans:
        hint = did_you_mean(key, [*office.rules.plans, *own])
        raise NotFound(f"There is no plan {key}. {hint}".strip())
    folder = resources.files("surveys") / "library" / "plans"
    return (folder / f"{key}.yaml").read_text("utf-8")


def _check(connection: Connection, office: Office, plan: Plan, source: str) -> None:
    """Raise BadInput for the key of a packaged plan, and for questionnaires that are not published."""
    problems = []
    if plan.key in office.rules.plans:
        fix = "Give it another key; `extends:` takes over the waves of the packaged one."
        problems.append(Problem(source, "key", "is the key of a packaged plan.", plan.key, fix))
    known = published_keys(connection)
    for wave in plan.waves:
        if wave.questionnaire not in known:
            fix = did_you_mean(wave.questionnaire, known)
            message = "is not a published questionnaire."
            problems.append(Problem(source, f"wave {wave.key}", message, wave.questionnaire, fix))
    if problems:
        raise BadInput(problems)


def _changes(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return a line for each wave that is new, changed or gone."""
    lines = [
        f"{wave.key}: {'changed' if before.wave(wave.key) else 'new'}"
        for wave in after.waves
        if before.wave(wave.key) != wave
    ]
    gone = [wave.key for wave in before.waves if after.wave(wave.key) is None]
    return (*lines, *(f"{key}: no longer asked" for key in gone))
