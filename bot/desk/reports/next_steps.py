"""What staff decide about what the office does next: its words, and who is told of it.

A rule proposes steps from the answers, for the office alone. Readers outside are told of a step once it
is released and the report is presented again, so all of it is done at once. An undo changes nothing if
somebody has changed the step since. Repeating an act changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.personal_words import doubts_before_release
from bot.desk.reports.recommendation_wording import check_length
from bot.desk.reports.scopes import ALL, DONOR, YEAR, known_scope, survey_of, workshops_of
from bot.desk.reports.steps import StandingStep, Stepped, StepPlace
from bot.desk.reports.undoable import changed_since, so_already
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.office.audit import Act
from storage.office.next_steps import changes_of, get_change, put_step, steps_of
from surveys.next_step import Content, NextStep, State, next_own
from surveys.problems import BadInput, Problem

OF_A_YEAR = (
    "The report on a fiscal year has recommendations in place of steps: "
    "`followup recommendation list {year}` lists them."
)
OF_A_SURVEY = "{scope} is the result of one survey, which has no steps. Name its workshop."
NO_OWNER = (
    "{key} of {scope} does not say who does it. "
    "`followup next-step change {typed} {key} --owner WHO` says it."
)


def scope_with_steps(connection: Connection, scope: str) -> str:
    """Return a scope as it is stored. NotFound for an unknown one, Conflict for one without steps."""
    if YEAR.fullmatch(scope):
        raise Conflict(OF_A_YEAR.format(year=scope.removeprefix("FY")))
    if survey_of(scope):
        raise Conflict(OF_A_SURVEY.format(scope=scope))
    scope = known_scope(connection, scope)
    workshops_of(connection, scope)
    return scope


def list_steps(connection: Connection, scope: str, now: datetime) -> list[StandingStep]:
    """Return the steps of a scope in the order of the page: those of rules, then the office's own.

    What staff decided stands here although its rule applies no longer: it may still be told outside.
    """
    from analysis.reports.next_steps import by_rule

    scope = scope_with_steps(connection, scope)
    several = scope == ALL or scope.startswith(DONOR)
    codes = workshops_of(connection, scope) if several else [scope]
    counts = by_rule(connection, codes, now)
    decided = {one.key for one in steps_of(connection, scope)}
    return [
        StandingStep(
            key, counts.get(key), content, key in decided, NextStep(key, content).lapsed(counts)
        )
        for key, content in _stand(connection, scope).items()
        if key in counts or key in decided
    ]


def change(
    connection: Connection,
    office: Office,
    place: StepPlace,
    wording: tuple[str | None, str | None],
    now: datetime,
) -> Stepped:
    """Change the words of a step, or who does it; `wording` has None for what stays.

    Conflict for a released one that would not say who does it.
    """
    place, before = _found(connection, place)
    after = _worded(before, wording)
    return _decided(connection, office, place, (before, after), now)


def add(
    connection: Connection, office: Office, scope: str, wording: tuple[str, str], now: datetime
) -> Stepped:
    """Add a step of the office's own. The same words again change nothing."""
    scope = scope_with_steps(connection, scope)
    standing = _stand(connection, scope)
    content = _worded(Content(""), wording)
    for key, one in standing.items():
        if one.words == content.words and one.state is not State.DROPPED:
            return Stepped(StepPlace(scope, key), one, f"{key} of {scope} says so already.")
    place = StepPlace(scope, next_own(list(standing)))
    return _decided(connection, office, place, (Content(""), content), now)


def release(connection: Connection, office: Office, place: StepPlace, now: datetime) -> Stepped:
    """Release a step to readers outside. Conflict if it does not say who does it."""
    place, before = _found(connection, place)
    after = replace(before, state=State.RELEASED)
    return _decided(connection, office, place, (before, after), now)


def keep(connection: Connection, office: Office, place: StepPlace, now: datetime) -> Stepped:
    """Keep a step for the office alone, after it was released or dropped."""
    place, before = _found(connection, place)
    after = replace(before, state=State.OFFICE)
    return _decided(connection, office, place, (before, after), now)


def drop(connection: Connection, office: Office, place: StepPlace, now: datetime) -> Stepped:
    """Drop a step: no page has it."""
    place, before = _found(connection, place)
    after = replace(before, state=State.DROPPED)
    return _decided(connection, office, place, (before, after), now)


def undo(connection: Connection, office: Office, number: int, now: datetime) -> Stepped:
    """Take a change back: what stood before it counts again.

    If somebody has changed the step since, nothing is changed, and that is said.
    """
    found = get_change(connection, number)
    place = StepPlace(found.scope, found.step.key)
    newest, *earlier = changes_of(connection, place.scope, place.key)
    if newest.number != number:
        said = changed_since(f"{place.key} of {place.scope}", newest.by)
        return Stepped(place, newest.step.content, said)
    before = earlier[0].step.content if earlier else _at_first(place.key, newest.step.content)
    _check_owner(place, before)
    again = put_step(connection, place.scope, NextStep(place.key, before), office.acting, now)
    about = _about(place, before)
    record(connection, office, Act.NEXT_STEP_UNDONE, about, now, next_step_change=again)
    said = f"{place.key} of {place.scope} is as it was before. {_who_is_told(place, before)}"
    return Stepped(place, before, said, again)


def _stand(connection: Connection, scope: str) -> Mapping[str, Content]:
    from analysis.findings.next_steps import worded

    return worded(steps_of(connection, scope))


def _at_first(key: str, own: Content) -> Content:
    """Return what stood before the first change: the words of the rule, or nothing of an own step."""
    from analysis.findings.next_steps import RULES

    return RULES.get(key) or replace(own, state=State.DROPPED)


def _found(connection: Connection, place: StepPlace) -> tuple[StepPlace, Content]:
    """Return a step as it stands. NotFound if there is none."""
    scope = scope_with_steps(connection, place.scope)
    standing = _stand(connection, scope)
    if place.key not in standing:
        known = ", ".join(standing)
        raise NotFound(f"{scope} has no step {place.key!r}. Its steps: {known}.")
    return StepPlace(scope, place.key), standing[place.key]


def _worded(before: Content, wording: tuple[str | None, str | None]) -> Content:
    words, owner = (None if one is None else " ".join(one.split()) for one in wording)
    after = replace(
        before,
        words=before.words if words is None else words,
        owner=before.owner if owner is None else owner,
    )
    check_length("WORDS", after.words)
    check_length("--owner", after.owner)
    if not after.words:
        raise BadInput((Problem("WORDS", "", "is empty."),))
    return after


def _decided(
    connection: Connection,
    office: Office,
    place: StepPlace,
    states: tuple[Content, Content],
    now: datetime,
) -> Stepped:
    before, after = states
    if before == after:
        return Stepped(place, after, so_already(f"{place.key} of {place.scope}"))
    _check_owner(place, after)
    doubts = _doubts(connection, after)
    number = put_step(connection, place.scope, NextStep(place.key, after), office.acting, now)
    about = _about(place, after)
    record(connection, office, Act.NEXT_STEP_CHANGED, about, now, next_step_change=number)
    told = (f"{place.key} of {place.scope}: {after.words}", _who_is_told(place, after), doubts)
    return Stepped(place, after, " ".join(filter(None, told)), number)


def _check_owner(place: StepPlace, after: Content) -> None:
    """Raise Conflict for a step that would be told outside without who does it."""
    if after.state is State.RELEASED and not after.owner:
        typed = _typed(place.scope)
        raise Conflict(NO_OWNER.format(key=place.key, scope=place.scope, typed=typed))


def _doubts(connection: Connection, after: Content) -> str:
    """Return what to look at in a step that is released; "" for nothing, and for any other."""
    released = after.state is State.RELEASED
    return doubts_before_release(connection, (after.words, after.owner) if released else ())


def _about(place: StepPlace, after: Content) -> str:
    return f"{place.scope} {place.key} {after.state}"


def _who_is_told(place: StepPlace, after: Content) -> str:
    return {
        State.OFFICE: "For the office alone.",
        State.DROPPED: "It is on no page. Versions that were presented keep it.",
        State.RELEASED: f"Released, without its count: the next version of {place.scope} that is "
        "presented has it.",
    }[after.state]


def _typed(scope: str) -> str:
    """Return a scope as it is typed in a command line."""
    return f"'{scope}'" if " " in scope else scope
