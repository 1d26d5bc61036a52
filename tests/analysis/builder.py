"""Builds small databases with the real tables from a story of calls.

story = Story().workshop("TFA")
ada = story.person("TFA", "FJ")
story.answers(ada, "M6", job="same", use_any="regular")
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, NullPool, create_engine, insert, inspect, text

from analysis.facts import frames
from analysis.facts.responses import Response, responses, with_facts
from analysis.findings.reading import read
from analysis.findings.report_facts import ReportFacts
from analysis.measures.own_words import fingerprint, one_line
from analysis.reports.workshops import Report, build
from storage import engines, schema
from surveys.authoring.packaged import packaged_questionnaire
from surveys.authoring.stored_form import dump
from surveys.questionnaire import Questionnaire

ENDS = date(2017, 11, 10)
OPENS = {
    "NEEDS": date(2017, 9, 11),
    "ELEARN": date(2017, 9, 11),
    "FORENSICS": date(2017, 9, 11),
    "IPR": date(2017, 1, 16),
    "IPR12": date(2018, 1, 15),
    "OWN": date(2018, 1, 15),
    "PRE": date(2017, 10, 16),
    "END": date(2017, 11, 10),
    "M3": date(2018, 2, 10),
    "M6": date(2018, 5, 10),
    "M12": date(2018, 11, 10),
    "SUP6": date(2018, 5, 10),
    "SUP12": date(2018, 11, 10),
    "NCP12": date(2018, 11, 10),
}
ROLES = {"SUP6": "supervisor", "SUP12": "supervisor"} | dict.fromkeys(
    ("NCP12", "NEEDS", "ELEARN", "FORENSICS", "IPR", "IPR12"), "contact_point"
)
CUT_OFF = datetime(2018, 12, 20, 10, tzinfo=UTC)
READ_AT = datetime(2018, 12, 1, 9, tzinfo=UTC)
"""When the office reads what people wrote."""
# fmt: off
PLACES = (
    "AU", "BD", "BN", "BT", "CN", "FJ", "HK", "ID", "IN", "JP", "KH", "KI", "KR", "LA", "LK", "MM", "MN",
    "MO", "MV", "MY", "NP", "NZ", "PG", "PH", "PK", "SG", "TH", "TL", "TO", "TV", "VN", "VU", "WS",
)
# fmt: on


@lru_cache
def questionnaire_body(key: str) -> str:
    return dump(packaged_questionnaire(key).model_copy(update={"version": 1}))


# Each connection to this engine is a database of its own; what it has compiled serves all of them.
_IN_MEMORY = create_engine(
    "sqlite://", poolclass=NullPool, connect_args={"check_same_thread": False}
)


@cache
def _insert_into(table: str) -> Insert:
    return insert(schema.metadata.tables[table])


@cache
def _template() -> Connection:
    """Return a database in memory with the tables and the administrations, to copy from."""
    connection = _IN_MEMORY.connect()
    _prepare(connection)
    connection.commit()
    return connection


def _prepare(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    places = [
        {
            "code": code,
            "name": f"Administration {code}",
            "subregion": "",
            "timezone": "UTC",
            "weekend": [5, 6],
            "languages": [],
            "telegram": "usable",
            "note": "",
        }
        for code in PLACES
    ]
    connection.execute(_insert_into("administrations"), places)


def _opened(url: str) -> Connection:
    """Return a connection to a database with the tables and the administrations."""
    # Taken from its module, because the engines of a test process share what they have compiled.
    engine = _IN_MEMORY if url == "sqlite://" else engines.create_engine(url)  # type: ignore[attr-defined]
    connection = engine.connect()
    if engine.dialect.name == "sqlite" and not inspect(connection).get_table_names():
        connection.rollback()  # what has looked for tables holds the file
        _driver(_template()).backup(_driver(connection))
    else:
        _prepare(connection)
    return connection


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


class Story:
    """A database in memory and the facts put into it, in the order they are told."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.connection = _opened(url)
        self._next = 0
        self._waves: dict[tuple[str, str], int] = {}
        self._cases: dict[tuple[int, str], int] = {}
        self._workshop_of: dict[int, str] = {}
        self._published: set[str] = set()
        self.own: Questionnaire | None = None  # what the wave OWN asks

    def close(self) -> None:
        """Close the connection for good, and not only give it back to be used again."""
        self.connection.close()
        self.connection.engine.dispose()

    def _add(self, table: str, **values: object) -> None:
        self.connection.execute(_insert_into(table), values)

    def _id(self) -> int:
        self._next += 1
        return self._next

    def workshop(
        self, code: str, title: str = "Trade Facilitation Agreement", donors: tuple[str, ...] = ()
    ) -> "Story":
        self._add(
            "workshops",
            code=code,
            title=title,
            kind="regional",
            starts_on=date(2017, 11, 6),
            ends_on=ENDS,
            confirmed=True,
            city="Kashiwa",
            country="JP",
            plan="standard",
            note="",
        )
        for position, donor in enumerate(donors):
            self._add("workshop_donors", workshop_code=code, donor=donor, position=position)
        return self

    def listed(self, enrolment: int, elearning: str | None) -> None:
        """How far a list of the office says that somebody is with the e-learning."""
        row = schema.enrolments.c.id == enrolment
        self.connection.execute(schema.enrolments.update().where(row).values(elearning=elearning))

    def person(
        self, workshop: str, place: str, role: str = "participant", same_as: int | None = None
    ) -> int:
        """Enrol somebody and return the enrolment; `same_as` is an earlier enrolment of theirs."""
        enrolment = self._id()
        participant = enrolment
        if same_as is not None:
            participant = self.connection.execute(
                text("select participant_id from enrolments where id = :id"), {"id": same_as}
            ).scalar_one()
        else:
            self._add(
                "participants",
                id=participant,
                code=f"P{participant}",
                name="A. Name",
                language="en",
            )
        moment = datetime(2017, 10, 1, tzinfo=UTC)
        self._add(
            "enrolments",
            id=enrolment,
            workshop_code=workshop,
            participant_id=participant,
            role=role,
            administration_code=place,
            enrolled_at=moment,
            consent_version=1,
            consented_at=moment,
        )
        self._workshop_of[enrolment] = workshop
        return enrolment

    def wave(self, workshop: str, key: str, missed: bool = False) -> int:
        """The wave of a workshop, opened (or missed) when it is first mentioned."""
        if (workshop, key) not in self._waves:
            wave = self._waves[workshop, key] = self._id()
            opened = None if missed else datetime.combine(OPENS[key], datetime.min.time(), UTC)
            asks = "IPR" if key == "IPR12" else key
            if asks not in self._published:
                own = self.own if key == "OWN" else None
                self._publish(asks, dump(own) if own else questionnaire_body(asks))
            self._add(
                "waves",
                id=wave,
                workshop_code=workshop,
                key=key,
                role=ROLES.get(key, "participant"),
                questionnaire_key=None if missed else asks,
                questionnaire_version=None if missed else 1,
                opens_on=OPENS[key],
                closes_on=OPENS[key] + timedelta(days=28),
                opened_at=opened,
                missed_at=CUT_OFF if missed else None,
            )
        return self._waves[workshop, key]

    def publish(self, questionnaire: Questionnaire, version: int = 1) -> None:
        """Publish a questionnaire in place of the packaged one, before it is first asked."""
        self._publish(questionnaire.key, dump(questionnaire), version)

    def _publish(self, key: str, body: str, version: int = 1) -> None:
        self._published.add(key)
        fixed = {"version": version, "revision": 0, "checksum": "", "published_at": CUT_OFF}
        self._add("questionnaires", key=key, body=body, **fixed)

    def case(
        self, enrolment: int, key: str, attempts: tuple[str, ...] = ("sent",), **facts: object
    ) -> int:
        """A case with its contact attempts, given by their outcomes in order."""
        wave = self.wave(self._workshop_of[enrolment], key)
        case = self._cases[enrolment, key] = self._id()
        opened = datetime.combine(OPENS[key], datetime.min.time(), UTC)
        values = {"created_at": opened, "answered": 0, "asked": 10, "hold": ""} | facts
        self._add("cases", id=case, wave_id=wave, enrolment_id=enrolment, **values)
        for ordinal, outcome in enumerate(attempts, start=1):
            at = opened + timedelta(days=ordinal)
            self._add(
                "attempts",
                case_id=case,
                ordinal=ordinal,
                kind="invitation" if ordinal == 1 else "reminder",
                channel="telegram",
                claimed_at=at,
                claimed_by=1,
                outcome=outcome,
                outcome_at=at,
                detail="blocked" if outcome == "failed" else "",
            )
        return case

    def answers(self, enrolment: int, key: str, skipped: str = "", **values: str) -> int:
        """A complete response; the items of `skipped` (separated by spaces) were passed over."""
        at = datetime.combine(OPENS[key], datetime.min.time(), UTC) + timedelta(days=2)
        case = self.case(
            enrolment,
            key,
            started_at=at,
            completed_at=at,
            closed_at=at + timedelta(days=26),
            answered=len(values),
            asked=len(values),
            disposition="complete",
        )
        self.values(case, at, values, skipped)
        return case

    def values(
        self, case: int, at: datetime, values: Mapping[str, str], skipped: str = ""
    ) -> None:
        for item, value in [*values.items(), *((item, "") for item in skipped.split())]:
            self._add(
                "answers",
                case_id=case,
                item=item,
                value=value,
                language="en",
                channel="telegram",
                state="skipped" if item in skipped.split() else "answered",
                answered_at=at,
            )

    def changes(self, case: int, item: str, value: str, at: datetime) -> None:
        """Another answer in place of the one before, which goes to the history."""
        answers = schema.metadata.tables["answers"]
        same = (answers.c.case_id == case, answers.c.item == item)
        row = self.connection.execute(answers.select().where(*same)).one()
        self._add("answer_history", **row._mapping, replaced_at=at, why="changed")
        self.connection.execute(answers.update().where(*same).values(value=value, answered_at=at))

    def clears(self, case: int, item: str, at: datetime) -> None:
        """An answer is taken back, and goes to the history."""
        answers = schema.metadata.tables["answers"]
        same = (answers.c.case_id == case, answers.c.item == item)
        row = self.connection.execute(answers.select().where(*same)).one()
        self._add("answer_history", **row._mapping, replaced_at=at, why="cleared")
        self.connection.execute(answers.delete().where(*same))

    def decides(
        self,
        case: int,
        item: str,
        state: str = "released",
        text: str = "",
        at: datetime = READ_AT,
        by: tuple[str, str] = ("S-EVA", ""),
    ) -> None:
        """The office decides about a text as it stands now, released as a whole if no text is given."""
        answers = schema.metadata.tables["answers"]
        same = (answers.c.case_id == case, answers.c.item == item)
        row = self.connection.execute(answers.select().where(*same)).one()
        self._add(
            "text_decisions",
            case_id=case,
            item=item,
            fingerprint=fingerprint(one_line(row.value)),
            answered_at=row.answered_at,
            state=state,
            text=text or row.value if state == "released" else "",
            decided_by=by[0],
            decided_at=at,
            second_by=by[1],
        )

    def spoken(self, case: int, language: str) -> None:
        """The answers of a case were given in a language."""
        answers = schema.metadata.tables["answers"]
        mine = answers.update().where(answers.c.case_id == case)
        self.connection.execute(mine.values(language=language))

    def silent(self, enrolment: int, key: str) -> int:
        return self.case(
            enrolment,
            key,
            ("sent", "sent", "sent"),
            disposition="unknown",
            disposition_detail="silent",
            closed_at=CUT_OFF,
        )

    def blocked(self, enrolment: int, key: str) -> int:
        return self.case(
            enrolment,
            key,
            ("failed",),
            hold="unreachable",
            disposition="non_contact",
            disposition_detail="blocked",
            closed_at=CUT_OFF,
        )

    def broke_off(self, enrolment: int, key: str, **values: str) -> int:
        at = datetime.combine(OPENS[key], datetime.min.time(), UTC) + timedelta(days=2)
        case = self.case(
            enrolment,
            key,
            started_at=at,
            answered=len(values),
            asked=10,
            disposition="break_off",
            closed_at=CUT_OFF,
        )
        self.values(case, at, values)
        return case

    def set(self, table: str, row: int, **values: object) -> None:
        """Change one stored row."""
        found = schema.metadata.tables[table]
        self.connection.execute(found.update().where(found.c.id == row).values(**values))

    def frames(self, *workshops: str) -> frames.Frames:
        return frames.load(self.connection, workshops or None)

    def responses(self) -> tuple[Response, ...]:
        loaded = self.frames()
        return responses(loaded, with_facts(loaded))

    def reading(self, *workshops: str, cut_off: datetime = CUT_OFF) -> ReportFacts:
        return read(self.frames(*workshops), cut_off)

    def report(self, *workshops: str, cut_off: datetime = CUT_OFF) -> Report:
        return build(self.connection, workshops or None, cut_off)
