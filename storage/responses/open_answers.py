"""Delete answers: all of a person's, or only open answers (in own words).

After their time only the texts of open answers are deleted: that there was one stays, because figures
count it, and so do the themes that were marked in it. What was released of a text goes with it. The
pinned questionnaire of a wave says which items are open.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from storage.instruments.questionnaires import get_questionnaire
from storage.schema import (
    answer_history,
    answer_imports,
    answers,
    cases,
    text_decisions,
    theme_marks,
    unlinked_answers,
    unlinked_responses,
    waves,
)
from surveys.interview.answers import AnswerState
from surveys.items import type_of
from surveys.items.base import Level

GIVEN: tuple[Table, ...] = (answers, answer_history)
KEPT = (*GIVEN, unlinked_answers)
"""Tables whose texts are deleted after their time; those of nobody known belong to no case."""
ABOUT: tuple[Table, ...] = (text_decisions, theme_marks)
"""What the office has said about texts."""


def delete_answers(connection: Connection, case_ids: Collection[int]) -> int:
    """Delete all answers of some cases with their history; return how many rows."""
    for about in ABOUT:
        connection.execute(delete(about).where(about.c.case_id.in_(case_ids)))
    return sum(
        connection.execute(delete(table).where(table.c.case_id.in_(case_ids))).rowcount
        for table in GIVEN
    )


def delete_open_answers(connection: Connection, case_ids: Collection[int]) -> int:
    """Delete the open answers of some cases; return how many rows."""
    for about in ABOUT:
        these = _words(connection, about, about.c.case_id.in_(case_ids))
        connection.execute(delete(about).where(these))
    return sum(
        connection.execute(
            delete(table).where(_words(connection, table, table.c.case_id.in_(case_ids)))
        ).rowcount
        for table in GIVEN
    )


def delete_texts(connection: Connection, before: datetime) -> int:
    """Delete the texts of open answers from before a moment; return how many.

    Their rows stay, without a text.
    """
    decided = _words(connection, text_decisions, text_decisions.c.answered_at < before)
    connection.execute(delete(text_decisions).where(decided))
    _keep_themes(connection, before)
    gone = {"value": "", "state": AnswerState.DELETED}
    return sum(
        connection.execute(
            update(table).where(_expired(connection, table, before)).values(gone)
        ).rowcount
        for table in KEPT
    )


def _keep_themes(connection: Connection, before: datetime) -> None:
    """Let the themes of texts that are deleted stay, without what would tell the text.

    Those of a text that was replaced go.
    """
    mark, given = theme_marks.c, answers.c
    here = (given.case_id == mark.case_id) & (given.item == mark.item)
    stands = exists().where(here & (given.answered_at == mark.answered_at))
    old = _words(connection, theme_marks, (mark.answered_at < before) & (mark.fingerprint != ""))
    connection.execute(delete(theme_marks).where(old, ~stands))
    connection.execute(update(theme_marks).where(old, stands).values(fingerprint=""))


def open_answers_of(connection: Connection, case_ids: Collection[int]) -> list[str]:
    """Return the open answers of some cases, earlier ones and what was released of them too."""
    table = text_decisions.c
    released = select(table.text, table.translation).where(table.case_id.in_(case_ids))
    return [
        *(text for row in connection.execute(released) for text in row if text),
        *_given(connection, case_ids),
    ]


def _given(connection: Connection, case_ids: Collection[int]) -> list[str]:
    return [
        text
        for table in GIVEN
        for text in connection.scalars(
            select(table.c.value).where(
                _words(connection, table, table.c.case_id.in_(case_ids)), table.c.value != ""
            )
        )
    ]


def count_open_answers(connection: Connection, before: datetime) -> int:
    """Return how many texts of open answers are older than a moment."""
    return sum(
        connection.scalar(
            select(func.count()).select_from(table).where(_expired(connection, table, before))
        )
        or 0
        for table in KEPT
    )


def earlier_values(connection: Connection, case_id: int) -> list[tuple[str, str]]:
    """Return items and values that were replaced or cleared, oldest first; no deleted texts."""
    rows = connection.execute(
        select(answer_history)
        .where(answer_history.c.case_id == case_id)
        .where(answer_history.c.state != AnswerState.DELETED)
        .order_by(answer_history.c.id)
    )
    return [(row.item, row.value) for row in rows]


def _expired(connection: Connection, table: Table, before: datetime) -> ColumnElement[bool]:
    """Return the condition that a row of answers holds a text from before a moment."""
    has_text = (table.c.state == AnswerState.ANSWERED) & (table.c.value != "")
    return _words(connection, table, has_text & (table.c.answered_at < before))


def _words(
    connection: Connection, table: Table, which: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition that a row is about an open answer, and another one."""
    pinned = (waves.c.questionnaire_key, waves.c.questionnaire_version)
    asked = select(*pinned).where(pinned[0].is_not(None)).distinct()
    said = or_(
        *(
            and_(
                _asked_by(table, (pinned[0] == key) & (pinned[1] == version)),
                table.c.item.in_(_word_items(connection, key, version)),
            )
            for key, version in connection.execute(asked).all()
        ),
        false(),
    )
    return and_(said, which)


def _asked_by(table: Table, questionnaire: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a wave that pins a questionnaire."""
    if table is unlinked_answers:
        imports = unlinked_responses.join(answer_imports).join(waves)
        found = select(unlinked_responses.c.id).select_from(imports)
        return unlinked_answers.c.response_id.in_(found.where(questionnaire))
    found = select(cases.c.id).join(waves, waves.c.id == cases.c.wave_id)
    return table.c.case_id.in_(found.where(questionnaire))


def _word_items(connection: Connection, key: str, version: int) -> list[str]:
    questionnaire = get_questionnaire(connection, key, version)
    return [item.name for item in questionnaire.items if type_of(item.type).level is Level.WORDS]
