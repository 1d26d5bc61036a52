"""Stored facts as pandas frames: the only module of this package that reads from `storage`.

It never reads names or addresses; a person is the opaque `participant_id` of an enrolment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd
from sqlalchemy import Connection, Select, select, tuple_

from analysis.facts import counted, decided
from analysis.facts.cut_offs import CutOffs
from analysis.facts.rows import frame_of, nothing_of
from analysis.facts.unlinked import beside, unlinked_of
from storage import schema
from storage.database import NotFound
from surveys.questionnaire import Questionnaire


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
    of = _Scope(connection, workshop_codes, enrolment)
    unlinked, cases, answers = unlinked_of(
        connection, lambda _, query: of.beyond(query), workshop_codes
    )
    waves = of.listed(counted.waves(), "workshop_code")
    return Frames(
        administrations=of.beyond(counted.administrations()),
        workshops=_with_donors(connection, of.beyond(counted.workshops(), "code")),
        enrolments=of.listed(counted.people(enrolment), "workshop_code"),
        waves=waves,
        cases=beside(of.chosen(counted.cases()), cases),
        attempts=of.chosen(counted.attempts()),
        answers=beside(of.chosen(counted.answers()), answers),
        earlier_answers=of.chosen(counted.earlier_answers()),
        programmes=of.beyond(_programmes(workshop_codes)),
        operation_results=of.beyond(counted.operation_results()),
        verifications=of.chosen(decided.verified(counted.WAVE_CASES)),
        anchor_decisions=of.chosen(decided.about_anchors(counted.WAVE_CASES)),
        text_decisions=of.chosen(decided.about_texts(counted.WAVE_CASES)),
        questionnaires=_questionnaires(connection, waves),
        unlinked=unlinked,
        help_changes=of.beyond(decided.about_help(), "workshop_code"),
        themes=of.beyond(decided.code_book()),
        theme_marks=of.chosen(decided.about_themes(counted.WAVE_CASES)),
    )


@dataclass(frozen=True)
class _Scope:
    """Reads what belongs to some workshops (all if None), or to one enrolment there."""

    connection: Connection
    codes: Sequence[str] | None
    enrolment: int | None

    def chosen(self, query: Select[tuple[object, ...]]) -> pd.DataFrame:
        """Return what belongs to the cases, of a query that starts at them."""
        if self.codes is not None:
            query = query.where(schema.waves.c.workshop_code.in_(list(self.codes)))
        if self.enrolment is not None:
            query = query.where(schema.cases.c.enrolment_id == self.enrolment)
        return frame_of(self.connection, query)

    def listed(self, query: Select[tuple[object, ...]], column: str) -> pd.DataFrame:
        """Return what belongs to the workshops, whose codes stand in a column."""
        if self.codes is not None:
            query = query.where(query.selected_columns[column].in_(list(self.codes)))
        return frame_of(self.connection, query)

    def beyond(self, query: Select[tuple[object, ...]], column: str = "") -> pd.DataFrame:
        """Return what does not decide about the answers of one person; nothing for one person."""
        if self.enrolment is not None:
            return nothing_of(query)
        return self.listed(query, column) if column else frame_of(self.connection, query)


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
