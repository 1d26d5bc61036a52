"""What came of schedules, and what of it is read from the database."""

from dataclasses import dataclass, field, fields

from sqlalchemy import Connection, select

from storage import schema


@dataclass
class Figures:
    """What came of schedules. Everything below `unknown` must be nothing."""

    schedules: int = 0
    crashes: int = 0
    killed: int = 0
    invitations: int = 0
    reminders: int = 0
    confirmed: int = 0
    unknown: int = 0
    duplicates: int = 0
    lost_answers: int = 0
    wrong_answers: int = 0
    never_contacted: int = 0
    said_sent_and_was_not: int = 0
    seeds: list[int] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    seconds: float = 0.0

    MUST_BE_NOTHING = (
        "duplicates",
        "lost_answers",
        "wrong_answers",
        "never_contacted",
        "said_sent_and_was_not",
    )

    @property
    def faults(self) -> int:
        return sum(getattr(self, name) for name in self.MUST_BE_NOTHING)

    def add(self, other: "Figures") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def attempts_by_chat(connection: Connection) -> list[tuple[str, str, str]]:
    table = schema.attempts
    rows = connection.execute(
        select(schema.addresses.c.identifier, table.c.kind, table.c.outcome)
        .join(schema.cases, schema.cases.c.id == table.c.case_id)
        .join(schema.enrolments, schema.enrolments.c.id == schema.cases.c.enrolment_id)
        .join(
            schema.addresses,
            schema.addresses.c.participant_id == schema.enrolments.c.participant_id,
        )
    )
    return [(row.identifier, row.kind, row.outcome) for row in rows]


def answers_of_chat(connection: Connection, chat: str) -> dict[str, str]:
    rows = connection.execute(
        select(schema.answers.c.item, schema.answers.c.value)
        .join(schema.cases, schema.cases.c.id == schema.answers.c.case_id)
        .join(schema.enrolments, schema.enrolments.c.id == schema.cases.c.enrolment_id)
        .join(
            schema.addresses,
            schema.addresses.c.participant_id == schema.enrolments.c.participant_id,
        )
        .where(schema.addresses.c.identifier == chat)
    )
    return {row.item: row.value for row in rows}
