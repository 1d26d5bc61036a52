"""The audience of a bundle. Staff get all; viewers get answers that identify nobody.

For viewers: only released open answers, none beside other answers, an administration only where it
may be named, and nothing that tells where a person lives (language, channel, hours) or how much
they wrote.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.disclosure.small_groups import nameable
from analysis.exports.answers import cases_table, long_table, texts_table
from analysis.exports.facts import Facts
from analysis.exports.tables import Table
from analysis.exports.variables import Variable, variables
from analysis.exports.wide import wide_table
from analysis.facts.responses import responses
from analysis.measures.own_words import own_texts, released_texts
from surveys.interview.answers import AnswerState
from surveys.items.base import Level

NOT_SHOWN = "(not shown)"
# fmt: off
_HIDDEN = frozenset((
    "language", "channel", "answered_at_utc", "contact_attempts", "questions_answered",
    "questions_asked", "entered_mode", "entered_by", "created_at_utc", "started_at_utc",
    "completed_at_utc", "closed_at_utc",
    "case:started_at_utc", "case:completed_at_utc",
))
# fmt: on


class Audience(StrEnum):
    """Who a bundle is for."""

    STAFF = "staff"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Content:
    """The tables of a bundle. `wide` and `variables` go by key of the questionnaire.

    `left_out` says how many stored answers are not among `answers`, and why; together they are
    all answers of the database.
    """

    tables: tuple[Table, ...]
    wide: dict[str, Table]
    variables: dict[str, tuple[Variable, ...]]
    answers: int
    left_out: dict[str, int]


def content_for(audience: Audience, facts: Facts) -> Content:
    """Return the tables that an audience gets."""
    return _for_viewers(facts) if audience is Audience.VIEWER else _for_staff(facts)


def _for_staff(facts: Facts) -> Content:
    found = {key: variables(versions) for key, versions in facts.questionnaires.items()}
    long = long_table(facts)
    return Content(
        tables=(long, cases_table(facts)),
        wide={key: wide_table(facts, key, columns) for key, columns in found.items()},
        variables=found,
        answers=len(long.rows),
        left_out={"declined": facts.declined},
    )


def _for_viewers(facts: Facts) -> Content:
    usable = responses(facts.frames, facts.linked)
    allowed = nameable(usable)
    released = {
        (facts.pseudonyms.case(case_id), item): one.released
        for (case_id, item), one in released_texts(own_texts(facts.frames, usable)).items()
    }
    cases = tuple(
        case if case.administration in allowed else replace(case, administration=NOT_SHOWN)
        for case in facts.cases
    )
    facts = replace(facts, cases=cases)
    found = {
        key: tuple(v for v in variables(versions) if v.level is not Level.WORDS)
        for key, versions in facts.questionnaires.items()
    }
    long, (texts, missing) = long_table(facts, words=False), texts_table(facts, released)
    everything = (given for case in cases for given in case.answers.values())
    skipped = sum(given.state is AnswerState.SKIPPED for given in everything)
    skipped -= sum(record["state"] == AnswerState.SKIPPED for record in long.records())
    return Content(
        tables=(long.without(_HIDDEN), cases_table(facts).without(_HIDDEN), texts),
        wide={key: wide_table(facts, key, v).without(_HIDDEN) for key, v in found.items()},
        variables=found,
        answers=len(long.rows) + len(texts.rows),
        left_out={
            "declined": facts.declined,
            "texts that nobody has released": missing.not_released,
            "texts of fewer than five people": missing.of_few,
            "texts that were skipped": skipped,
        },
    )
