"""The audience of a bundle. Staff get all; viewers get answers that identify nobody.

For viewers: participants only, in groups of five or more (`viewers`), only released open answers,
none beside other answers, and nothing that tells where a person lives (administration, language,
channel, hours), how much they wrote, or what happened to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.disclosure.small_groups import SMALLEST
from analysis.exports.answers import cases_table, level_of, long_table, texts_table
from analysis.exports.facts import Facts, Person
from analysis.exports.help_asked import help_asked_tables
from analysis.exports.levels import DESCRIBING
from analysis.exports.tables import Table
from analysis.exports.variables import Missing, Variable, variables
from analysis.exports.viewers import Viewers
from analysis.exports.wide import wide_table
from analysis.facts.responses import responses
from analysis.measures.own_words import own_texts, released_texts
from surveys.interview.answers import AnswerState
from surveys.items.base import Level
from surveys.questionnaire import Questionnaire

# fmt: off
_HIDDEN = frozenset((
    "administration", "disposition_detail", "language", "channel", "answered_at_utc",
    "contact_attempts", "questions_answered", "questions_asked", "entered_mode", "entered_by",
    "created_at_utc", "started_at_utc", "completed_at_utc", "closed_at_utc",
    "case:administration", "case:detail", "case:started_at_utc", "case:completed_at_utc",
))
# fmt: on


class Audience(StrEnum):
    """Who a bundle is for."""

    STAFF = "staff"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Content:
    """The tables of a bundle, and the facts in them. `wide` and `variables` go by questionnaire.

    `left_out` says how many stored answers are not among `answers`, and why; together they are
    all answers of the database. `cases_left_out` says it of cases. What rests on fewer than five
    people is not told: the reasons in `few_answers` and `few_cases`.
    """

    facts: Facts
    tables: tuple[Table, ...]
    wide: dict[str, Table]
    variables: dict[str, tuple[Variable, ...]]
    answers: int
    left_out: dict[str, int]
    cases_left_out: dict[str, int] = field(default_factory=dict)
    few_answers: frozenset[str] = frozenset()
    few_cases: frozenset[str] = frozenset()


def content_for(audience: Audience, facts: Facts) -> Content:
    """Return the tables that an audience gets."""
    return _for_viewers(facts) if audience is Audience.VIEWER else _for_staff(facts)


def _for_staff(facts: Facts) -> Content:
    found = {key: variables(versions) for key, versions in facts.questionnaires.items()}
    long = long_table(facts)
    return Content(
        facts=facts,
        tables=(long, cases_table(facts), *help_asked_tables(facts)),
        wide={key: wide_table(facts, key, columns) for key, columns in found.items()},
        variables=found,
        answers=len(long.rows),
        left_out={"declined": facts.declined},
    )


def _for_viewers(facts: Facts) -> Content:
    texts, missing = texts_table(facts, _released(facts))
    viewers = Viewers(facts)
    shown = viewers.facts
    found = {key: _coded(versions) for key, versions in shown.questionnaires.items()}
    long = long_table(shown, words=False)
    left_out = {
        "declined": facts.declined,
        "texts that nobody has released": missing.not_released,
        "texts of fewer than five people": missing.of_few,
        "texts that were skipped": _skipped_texts(facts),
        **{why: len(people) for why, people in viewers.answers.items()},
    }
    people = {"declined": _declined_people(facts), **_people(viewers.answers)}
    return Content(
        facts=shown,
        tables=(long.without(_HIDDEN), cases_table(shown).without(_HIDDEN), texts),
        wide={key: wide_table(shown, key, v).without(_HIDDEN) for key, v in found.items()},
        variables=found,
        answers=len(long.rows) + len(texts.rows),
        left_out=left_out,
        cases_left_out={why: len(people) for why, people in viewers.cases.items()},
        few_answers=frozenset(w for w, n in left_out.items() if people.get(w, n) < SMALLEST),
        few_cases=frozenset(w for w, n in _people(viewers.cases).items() if n < SMALLEST),
    )


def _released(facts: Facts) -> dict[tuple[str, str], str]:
    """Return the released texts as they may be read, by code of the case and item."""
    texts = own_texts(facts.frames, responses(facts.frames, facts.linked))
    return {
        (facts.pseudonyms.case(case_id), item): one.released
        for (case_id, item), one in released_texts(texts).items()
    }


def _people(left_out: Mapping[str, list[Person]]) -> dict[str, int]:
    return {why: len({number for _, number in people}) for why, people in left_out.items()}


def _declined_people(facts: Facts) -> int:
    cases = facts.linked[facts.linked["id"].isin(facts.frames.answers["case_id"])]
    return int(cases.loc[cases["refused_at"].notna(), "participant_id"].nunique())


def _coded(versions: Mapping[int, Questionnaire]) -> tuple[Variable, ...]:
    """Return the columns for viewers: no open answers, nothing that describes a person closely."""
    return tuple(
        replace(one, marks=tuple(Missing))
        for one in variables(versions)
        if one.level is not Level.WORDS and one.item not in DESCRIBING
    )


def _skipped_texts(facts: Facts) -> int:
    return sum(
        given.state is AnswerState.SKIPPED and level_of(facts, case, given.item) is Level.WORDS
        for case in facts.cases
        for given in case.answers.values()
    )
