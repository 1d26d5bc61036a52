"""Responses of nobody known, from tables of earlier surveys, beside the cases of people.

They have negative numbers, so that they join with nothing of a person. They are on no list of people,
and their administration is '' where nobody has told it.
"""

from collections.abc import Callable, Sequence

import pandas as pd
from sqlalchemy import Connection, Select, literal, select

from storage import schema
from surveys.planning.channels import IMPORTED

Read = Callable[[Connection, Select[tuple[object, ...]]], pd.DataFrame]

_RESPONSE = schema.unlinked_responses.c
_JOINED = schema.unlinked_responses.join(
    schema.answer_imports, schema.answer_imports.c.id == _RESPONSE.import_id
).join(schema.waves, schema.waves.c.id == schema.answer_imports.c.wave_id)


def unlinked_of(
    connection: Connection, read: Read, workshop_codes: Sequence[str] | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the responses as enrolments, as cases, and their answers."""
    people = select(
        (-_RESPONSE.id).label("id"),
        (-_RESPONSE.id).label("participant_id"),
        schema.waves.c.workshop_code,
        schema.waves.c.role,
        _RESPONSE.administration_code,
        _RESPONSE.created_at.label("enrolled_at"),
    )
    cases = select(
        (-_RESPONSE.id).label("id"),
        schema.answer_imports.c.wave_id,
        (-_RESPONSE.id).label("enrolment_id"),
        _RESPONSE.created_at,
        _RESPONSE.started_at,
        _RESPONSE.completed_at,
        _RESPONSE.created_at.label("closed_at"),
        _RESPONSE.answered,
        _RESPONSE.asked,
        literal("closed").label("hold"),
        _RESPONSE.disposition,
        literal("").label("disposition_detail"),
        literal(IMPORTED).label("entered_mode"),
    )
    told = schema.unlinked_answers.c
    answers = select(
        (-told.response_id).label("case_id"),
        *(told.item, told.value, told.state, told.language, told.answered_at),
    )
    with_answers = _JOINED.join(schema.unlinked_answers, told.response_id == _RESPONSE.id)

    def found(query: Select[tuple[object, ...]]) -> pd.DataFrame:
        query = query.where(schema.waves.c.opened_at.is_not(None))
        if workshop_codes is not None:
            query = query.where(schema.waves.c.workshop_code.in_(list(workshop_codes)))
        return read(connection, query)

    enrolled = found(people.select_from(_JOINED).order_by(_RESPONSE.id))
    enrolled["administration_code"] = enrolled["administration_code"].fillna("")
    ordered = answers.select_from(with_answers).order_by(told.response_id, told.item)
    return enrolled, found(cases.select_from(_JOINED).order_by(_RESPONSE.id)), found(ordered)


def beside(frame: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the rows of another one after its own; the same frame if there are none."""
    if more.empty:
        return frame
    added = more.reindex(columns=frame.columns)
    for column in frame.columns:
        if column.endswith("_at"):
            added[column] = pd.to_datetime(added[column], utc=True)
        else:
            missing = added[column].isna()
            added[column] = added[column].astype(object).where(~missing, None)
    if frame.empty:
        return added
    plain = frame.astype({c: object for c in frame.columns if not c.endswith("_at")})
    return pd.concat([plain, added], ignore_index=True).infer_objects()
