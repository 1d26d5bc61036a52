"""What staff do about the recommendations of a fiscal year: propose, word, release and settle them.

Nobody outside the office is told before the report is presented, so all of it is done at once. An undo
changes nothing if somebody has changed the recommendation since. Repeating an act changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.personal_words import doubts_before_release
from bot.desk.reports.recommendation_wording import (
    Wording,
    check_length,
    check_whole,
    worded,
)
from bot.desk.reports.undoable import Undoable, changed_since, so_already
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.office.audit import Act
from storage.office.recommendations import (
    Change,
    Recommendation,
    add_change,
    add_recommendation,
    changes_of,
    get_change,
    get_recommendation,
    recommendations_of,
)
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import Became, Content, State

if TYPE_CHECKING:
    from analysis.findings.proposals import Proposal


@dataclass(frozen=True)
class Recommended(Undoable):
    """A recommendation after an act, in words."""

    command = "recommendation undo"
    number: int
    said: str
    undo: int = 0


def list_recommendations(connection: Connection, year: FiscalYear) -> list[Recommendation]:
    """Return all recommendations of a fiscal year, with those that are withdrawn."""
    return recommendations_of(connection, year.begins)


def propose(
    database: Database, office: Office, year: FiscalYear, now: datetime
) -> list[Recommended]:
    """Add what a rule proposes for a fiscal year; what was proposed before stays as it is."""
    return database.run(_propose, office, year, database.read(_proposals, year, now), now)


def _proposals(connection: Connection, year: FiscalYear, now: datetime) -> tuple[Proposal, ...]:
    from analysis.reports.good_practice import proposed_for_year

    return proposed_for_year(connection, year, now)


def _propose(
    connection: Connection,
    office: Office,
    year: FiscalYear,
    found: tuple[Proposal, ...],
    now: datetime,
) -> list[Recommended]:
    known = {one.rule for one in recommendations_of(connection, year.begins)}
    new = [one for one in found if one.rule not in known]
    if new:
        record(connection, office, Act.RECOMMENDED, f"FY{year.begins}", now, proposed=len(new))
    return [
        _added(connection, office, year, one.rule, Content(one.words, one.owner), now)
        for one in new
    ]


def add(
    connection: Connection, office: Office, year: FiscalYear, wording: Wording, now: datetime
) -> Recommended:
    """Add a recommendation of the office's own. The same words again change nothing."""
    content = worded(Content(""), wording)
    for one in recommendations_of(connection, year.begins):
        if one.content.words == content.words and one.content.state is not State.WITHDRAWN:
            return Recommended(one.number, f"Recommendation {one.number} says so already.")
    done = _added(connection, office, year, "", content, now)
    counts = {"own": 1, "recommendation_change": done.undo}
    record(connection, office, Act.RECOMMENDED, _about(year.begins, done.number), now, **counts)
    return done


def _added(
    connection: Connection,
    office: Office,
    year: FiscalYear,
    rule: str,
    content: Content,
    now: datetime,
) -> Recommended:
    number = add_recommendation(connection, year.begins, rule, office.acting, now)
    change = add_change(connection, number, content, office.acting, now)
    return Recommended(number, f"Recommendation {number}: {content.words}", change)


def change(
    connection: Connection, office: Office, number: int, wording: Wording, now: datetime
) -> Recommended:
    """Change the words, the owner or the day. Conflict for a released one left without an owner."""
    before = get_recommendation(connection, number, lock=True)
    after = worded(before.content, wording)
    if after.state is State.RELEASED:
        check_whole(number, after)
    said = f"Recommendation {number} now reads: {after.words}"
    return _changed(connection, office, before, after, (Act.RECOMMENDATION_CHANGED, said), now)


def release(connection: Connection, office: Office, number: int, now: datetime) -> Recommended:
    """Release a recommendation for the next version of the report. Conflict without owner or day."""
    before = get_recommendation(connection, number, lock=True)
    check_whole(number, before.content)
    after = replace(before.content, state=State.RELEASED)
    said = (
        f"Recommendation {number} is released. "
        f"The next version of FY{before.fiscal_year} that is presented has it."
    )
    return _changed(connection, office, before, after, (Act.RECOMMENDATION_RELEASED, said), now)


def withdraw(connection: Connection, office: Office, number: int, now: datetime) -> Recommended:
    """Withdraw a recommendation: no later version of a report has it."""
    before = get_recommendation(connection, number, lock=True)
    after = replace(before.content, state=State.WITHDRAWN)
    said = f"Recommendation {number} is withdrawn. Versions that were presented keep it."
    return _changed(connection, office, before, after, (Act.RECOMMENDATION_WITHDRAWN, said), now)


def settle(
    connection: Connection,
    office: Office,
    number: int,
    outcome: tuple[Became, str],
    now: datetime,
) -> Recommended:
    """Say what became of a released recommendation, with a sentence; a dropped one needs a sentence."""
    before = get_recommendation(connection, number, lock=True)
    became, words = outcome
    if before.content.state is not State.RELEASED:
        raise Conflict(
            f"Recommendation {number} is {before.content.state}, so nothing can have become of it. "
            f"`followup recommendation release {number}` releases it."
        )
    if became is Became.DROPPED and not words.strip():
        raise Conflict(
            f"Say why recommendation {number} was dropped: "
            f"`followup recommendation settle {number} dropped --because SENTENCE`."
        )
    check_length("--because", words)
    after = replace(before.content, outcome=became, outcome_words=words.strip())
    said = f"Recommendation {number} is {became}."
    return _changed(connection, office, before, after, (Act.RECOMMENDATION_SETTLED, said), now)


def undo(connection: Connection, office: Office, number: int, now: datetime) -> Recommended:
    """Take a change back: what stood before it counts again.

    If somebody has changed the recommendation since, nothing is changed, and that is said.
    """
    changed = get_change(connection, number).recommendation
    of = get_recommendation(connection, changed, lock=True)
    newest, *earlier = changes_of(connection, of.number)
    if newest.number != number:
        return Recommended(of.number, changed_since(f"Recommendation {of.number}", newest.by))
    before = earlier[0].content if earlier else replace(newest.content, state=State.WITHDRAWN)
    act = Act.RECOMMENDATION_UNDONE, _again(of.number, earlier)
    return _changed(connection, office, of, before, act, now)


def _again(number: int, earlier: list[Change]) -> str:
    if not earlier:
        return f"Recommendation {number} is withdrawn: there was nothing before it."
    return f"Recommendation {number} is as it was before: {earlier[0].content.state}."


def _about(year: int, number: int) -> str:
    return f"FY{year} recommendation {number}"


def _changed(
    connection: Connection,
    office: Office,
    before: Recommendation,
    after: Content,
    act: tuple[Act, str],
    now: datetime,
) -> Recommended:
    if after == before.content:
        return Recommended(before.number, so_already(f"Recommendation {before.number}"))
    released = after.state is State.RELEASED
    texts = (after.words, after.owner, after.outcome_words) if released else ()
    doubts = doubts_before_release(connection, texts)
    about = f"{_about(before.fiscal_year, before.number)} {after.state} {after.outcome}"
    number = add_change(connection, before.number, after, office.acting, now)
    record(connection, office, act[0], about, now, recommendation_change=number)
    return Recommended(before.number, f"{act[1]} {doubts}".rstrip(), number)
