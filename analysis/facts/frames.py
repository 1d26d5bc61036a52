"""Stored facts as pandas frames: the only module of this package that reads from `storage`.

It never reads names or addresses; a person is the opaque `participant_id` of an enrolment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd
from sqlalchemy import Connection, Select, select, true, tuple_

from analysis.facts import decided
from analysis.facts.cut_offs import CutOffs
from analysis.facts.rows import frame_of, nothing_of
from analysis.facts.unlinked import beside, unlinked_of
from storage import schema
from storage.database import NotFound
from surveys.planning.dispositions import Outcome
from surveys.questionnaire import Questionnaire

# fmt: off
_CASE = (
    "id", "wave_id", "enrolment_id", "created_at", "started_at", "completed_at", "closed_at",
    "answered", "asked", "hold", "disposition", "disposition_detail", "entered_mode", "entered_by",
)
_ATTEMPT = (
    "case_id", "ordinal", "kind", "channel", "claimed_at", "outcome", "outcome_at", "detail",
)
_ANSWER = ("case_id", "item", "value", "state", "language", "answered_at")
_ADMINISTRATION = ("code", "name", "subregion", "sids", "ldc")
# fmt: on


@dataclass(frozen=True)
class Frames:
    """One frame per table, only the columns that analysis may see; times are aware UTC.

    `programmes` are those with one of the workshops; all when the frames are of all workshops.
    `earlier_answers` are those that were changed or cleared since, with `replaced_at`.
    `text_decisions` and `anchor_decisions` are all that the office has decided, oldest first, and
    `help_changes` how far help is that people asked for. `themes` are the changes of the code book,
    `theme_marks` what readers have marked in texts with it.
    `workshops` has a column `donors` (tuples of names). `questionnaires` are those pinned by the
    waves, by key and version. `unlinked` are nobody known, from earlier tables, as enrolments; their
    cases and answers are among the others. `cut_offs` say until when, once the frames were cut.
    """

    administrations: pd.DataFrame
    workshops: pd.DataFrame
    enrolments: pd.DataFrame
    waves: pd.DataFrame
    cases: pd.DataFrame
    attempts: pd.DataFrame
    answers: pd.DataFrame
    earlier_answers: pd.DataFrame
    programmes: pd.DataFrame
    operation_results: pd.DataFrame
    verifications: pd.DataFrame
    anchor_decisions: pd.DataFrame
    text_decisions: pd.DataFrame
    questionnaires: Mapping[tuple[str, int], Questionnaire]
    unlinked: pd.DataFrame
    help_changes: pd.DataFrame
    themes: pd.DataFrame
    theme_marks: pd.DataFrame
    cut_offs: CutOffs | None = None

    @cached_property
    def begun(self) -> pd.DataFrame:
        """The waves that opened or were missed."""
        return self.waves[self.waves["opened_at"].notna() | self.waves["missed_at"].notna()]

    @cached_property
    def pinned(self) -> tuple[tuple[str, str, Questionnaire], ...]:
        """The key, the workshop and the questionnaire of each wave that has opened with one."""
        opened = self.waves[self.waves["opened_at"].notna()]
        named = opened[["key", "workshop_code", "questionnaire_key", "questionnaire_version"]]
        return tuple(
            (str(wave), str(workshop), self.questionnaires[str(key), int(version)])
            for wave, workshop, key, version in named.dropna().itertuples(index=False)
            if (str(key), int(version)) in self.questionnaires
        )


def load(
    connection: Connection, workshop_codes: Sequence[str] | None, enrolment: int | None = None
) -> Frames:
    """Return all facts about some workshops, or about all of them when `workshop_codes` is None.

    An unknown code gives no rows; the caller checks whether it exists. People whom the office has
    removed from a workshop are not there, nor what they answered about it. With `enrolment` only what
    decides about the answers of one person is read, and the rest is empty.
    """
    waves, cases, enrolments = schema.waves.c, schema.cases.c, schema.enrolments.c

    def chosen(query: Select[tuple[object, ...]]) -> pd.DataFrame:
        if workshop_codes is not None:
            query = query.where(waves.workshop_code.in_(list(workshop_codes)))
        if enrolment is not None:
            query = query.where(cases.enrolment_id == enrolment)
        return frame_of(connection, query)

    def listed(query: Select[tuple[object, ...]], column: str) -> pd.DataFrame:
        if workshop_codes is not None:
            query = query.where(query.selected_columns[column].in_(list(workshop_codes)))
        return frame_of(connection, query)

    def beyond(query: Select[tuple[object, ...]], column: str = "") -> pd.DataFrame:
        """Return what does not decide about the answers of one person."""
        if enrolment is not None:
            return nothing_of(query)
        return listed(query, column) if column else frame_of(connection, query)

    people = schema.enrolments
    there = (enrolments.id == cases.enrolment_id) & enrolments.removed_at.is_(None)
    # Cases that the office has set aside are in no figure, nor are those of removed people, nor those
    # of a wave that was put back to its plan.
    counted = (
        (cases.wave_id == waves.id) & cases.set_aside_at.is_(None) & waves.opened_at.is_not(None)
    )
    wave_cases = schema.waves.join(schema.cases, counted).join(people, there)
    of_case = wave_cases.join(schema.attempts, schema.attempts.c.case_id == cases.id)
    history = schema.answer_history
    to_history = wave_cases.join(history, history.c.case_id == cases.id)
    to_answers = wave_cases.join(schema.answers, schema.answers.c.case_id == cases.id)
    results = schema.operation_results
    of_one = enrolments.id == enrolment if enrolment is not None else true()
    unlinked, more_cases, more_answers = unlinked_of(
        connection, lambda _, query: beyond(query), workshop_codes
    )
    wave_frame = listed(select(schema.waves).order_by(waves.id), "workshop_code")
    return Frames(
        administrations=beyond(select(*(schema.administrations.c[n] for n in _ADMINISTRATION))),
        workshops=_with_donors(connection, beyond(_workshops(), "code")),
        enrolments=listed(
            select(people).where(enrolments.removed_at.is_(None), of_one).order_by(enrolments.id),
            "workshop_code",
        ),
        waves=wave_frame,
        cases=beside(
            chosen(select(*(cases[n] for n in _CASE)).select_from(wave_cases).order_by(cases.id)),
            more_cases,
        ),
        attempts=chosen(
            select(*(schema.attempts.c[n] for n in _ATTEMPT))
            .select_from(of_case)
            .where(schema.attempts.c.outcome != Outcome.TAKEN_BACK)
            .order_by(schema.attempts.c.id)
        ),
        answers=beside(
            chosen(
                select(*(schema.answers.c[n] for n in _ANSWER))
                .select_from(to_answers)
                .order_by(schema.answers.c.case_id, schema.answers.c.item)
            ),
            more_answers,
        ),
        earlier_answers=chosen(
            select(*(history.c[n] for n in (*_ANSWER, "replaced_at")))
            .select_from(to_history)
            .order_by(history.c.id)
        ),
        programmes=beyond(_programmes(workshop_codes)),
        operation_results=beyond(select(results).order_by(results.c.position)),
        verifications=chosen(decided.verified(wave_cases)),
        anchor_decisions=chosen(decided.about_anchors(wave_cases)),
        text_decisions=chosen(decided.about_texts(wave_cases)),
        questionnaires=_questionnaires(connection, wave_frame),
        unlinked=unlinked,
        help_changes=beyond(decided.about_help(), "workshop_code"),
        themes=beyond(decided.code_book()),
        theme_marks=chosen(decided.about_themes(wave_cases)),
    )


def scope(connection: Connection, donor: str = "", administration: str = "") -> list[str]:
    """Return the codes of the workshops that a donor paid for, or that an administration took part in.

    NotFound when there is none, so that no report is built without a workshop.
    """
    if donor:
        table = schema.workshop_donors.c
        query = select(table.workshop_code).where(table.donor == donor)
    else:
        people = schema.enrolments.c
        query = select(people.workshop_code).where(
            people.administration_code == administration,
            people.role == "participant",
            people.removed_at.is_(None),
        )
    found = sorted(set(connection.scalars(query)))
    if not found:
        whom = donor or administration
        raise NotFound(f"There is no workshop of {whom!r}. Check the spelling.")
    return found


def _workshops() -> Select[tuple[object, ...]]:
    table = schema.workshops
    return select(*(c for c in table.c if c.name not in ("note", "plan"))).order_by(
        table.c.starts_on, table.c.code
    )


def _programmes(workshop_codes: Sequence[str] | None) -> Select[tuple[object, ...]]:
    table = schema.programmes.c
    wanted = select(schema.programmes).order_by(table.month, table.code)
    if workshop_codes is None:
        return wanted
    codes = list(workshop_codes)
    return wanted.where(table.trainers_workshop.in_(codes) | table.follow_up_workshop.in_(codes))


def _with_donors(connection: Connection, workshops: pd.DataFrame) -> pd.DataFrame:
    donors: dict[str, list[str]] = {}
    table = schema.workshop_donors.c
    for code, donor in connection.execute(
        select(table.workshop_code, table.donor).order_by(table.workshop_code, table.position)
    ):
        donors.setdefault(code, []).append(donor)
    names = [tuple(donors.get(code, ())) for code in workshops["code"]]
    return workshops.assign(donors=pd.Series(names, index=workshops.index, dtype=object))


def _questionnaires(
    connection: Connection, waves: pd.DataFrame
) -> dict[tuple[str, int], Questionnaire]:
    pinned = waves[["questionnaire_key", "questionnaire_version"]].dropna()
    wanted = {(str(key), int(version)) for key, version in pinned.itertuples(index=False)}
    table = schema.questionnaires.c
    named = tuple_(table.key, table.version).in_(sorted(wanted))
    corrected_last = select(table.key, table.version, table.body).order_by(table.revision)
    rows = connection.execute(corrected_last.where(named))
    return {(key, version): _read(body) for key, version, body in rows}


@lru_cache(maxsize=64)
def _read(body: str) -> Questionnaire:
    """Return a stored questionnaire: every report reads the same ones."""
    return Questionnaire.model_validate_json(body)
