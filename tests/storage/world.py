"""A small world in a database: two administrations, one workshop, Ada and Ben, an open wave."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert

from storage.fieldwork.cases import open_case
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.waves import Wave
from storage.fieldwork.workshops import put_workshop
from storage.instruments.questionnaires import newest, publish
from storage.people.addresses import add_address
from storage.people.administrations import put_administrations
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.participants import NewParticipant, add_participant
from storage.schema import answer_history, answers, text_decisions
from surveys.authoring.packaged import packaged_questionnaire
from surveys.items import type_of
from surveys.items.base import Level
from surveys.people import Address, Enrolment, Participant
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop

NOW = datetime(2018, 8, 9, 3, 15, tzinfo=UTC)
WORKSHOP = Workshop(
    "RM-2018", "Risk management", "regional", date(2018, 2, 5), date(2018, 2, 9), "Suva", "FJ"
)


@dataclass(frozen=True)
class World:
    """The rows that a test begins with."""

    wave: Wave
    ada: Participant
    ben: Participant
    adas: Enrolment
    bens: Enrolment
    address: Address
    case: int


def made(connection: Connection) -> World:
    put_administrations(connection, packaged_administrations().values())
    put_workshop(connection, WORKSHOP)
    publish(connection, packaged_questionnaire("M6"), NOW)
    ada = add_participant(connection, NewParticipant("P-ADA", "Ada"))
    ben = add_participant(connection, NewParticipant("P-BEN", "Ben"))
    adas = enrol(connection, NewEnrolment(WORKSHOP.code, ada.id, "NP"), NOW)
    bens = enrol(connection, NewEnrolment(WORKSHOP.code, ben.id, "FJ"), NOW)
    planned = packaged_plans()["standard"].wave("M6")
    assert planned is not None
    wave = open_wave(connection, planned.dated(WORKSHOP), Opening(("M6", 1), NOW, "plan"))
    address = add_address(connection, ada.id, "demo", "ada", NOW)
    case = open_case(connection, wave.id, adas.id, NOW)
    return World(wave, ada, ben, adas, bens, address, case)


def wrote(
    connection: Connection, case: int, words: str, earlier: str, language: str = "en"
) -> None:
    """In a case stand a choice and words of the person's own, which had replaced earlier ones.

    The office has released both to be quoted.
    """
    form = newest(connection, "M6")
    assert form is not None
    own = next(one.name for one in form.items if type_of(one.type).level is Level.WORDS)
    told: dict[str, object] = {
        "case_id": case,
        "state": "answered",
        "language": language,
        "channel": "demo",
    }
    told["answered_at"] = NOW
    connection.execute(insert(answers).values({"item": "job", "value": "same"} | told))
    connection.execute(insert(answers).values({"item": own, "value": words} | told))
    decided = {"case_id": case, "item": own, "fingerprint": "", "answered_at": NOW}
    decided |= {"state": "released", "decided_by": "S-EVA", "decided_at": NOW}
    for text in (earlier, words):
        connection.execute(insert(text_decisions).values({"text": text} | decided))
    gone = {"item": own, "value": earlier, "replaced_at": NOW, "why": "changed"}
    connection.execute(insert(answer_history).values(told | gone))
