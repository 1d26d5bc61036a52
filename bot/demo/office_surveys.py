"""What the office of the demonstration asks besides the follow-up of its workshops.

A self-assessment and the same a year later, two studies, a questionnaire of its own, the needs before
a coming workshop, and the results of an operation. Whoever answers here is in no other workshop, and
has chance of their own: nothing else in the year depends on it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random

from sqlalchemy import Connection

from bot.demo.cast import GIVEN, Cast
from bot.demo.lists import sample, sample_list
from bot.demo.members import Manner, Member
from bot.desk.questionnaires.publishing import publish_version
from bot.desk.workshops.added_waves import NewWave, add
from bot.desk.workshops.programmes import add_programme, import_results
from bot.settings.office import Office
from surveys.authoring.reading import read_questionnaire
from surveys.people import Role

OWN = "SCANNERS"
OPERATION = ("CORAL-2018", "Operation Coral (invented)")
TO_COME = ("REEF-2019", "Operation Reef (invented)")
ASKED_AT = {
    "IPR-2017": datetime(2017, 11, 6, 7, tzinfo=UTC),
    "ELEARN-2018": datetime(2018, 1, 3, 7, tzinfo=UTC),
    "FORENSICS-2018": datetime(2018, 3, 20, 7, tzinfo=UTC),
    "VAL-2019": datetime(2018, 11, 12, 7, tzinfo=UTC),
}
"""When the list of contact points, or of participants, arrives: after those of the workshops, as
the minute of a message follows from the number of the person.
"""
OWN_AT, SECOND_AT = (datetime(2018, month, 4, 7, tzinfo=UTC) for month in (6, 9))
"""When the office publishes its own questionnaire, and the second version of it."""
OPERATION_AT = datetime(2018, 10, 15, 7, tzinfo=UTC)
RESULTS = (
    ("VAL-2019", "NEEDS"),
    ("VAL-2019", "PRE"),
    ("IPR-2017", "IPR"),
    ("IPR-2017", "IPR12"),
    ("ELEARN-2018", "ELEARN"),
    ("FORENSICS-2018", "FORENSICS"),
    ("ELEARN-2018", OWN),
)
"""Every survey with a page of its own: its workshop and its wave."""
COMING_CODE = "VAL-2019"
PLACES = ("BT", "FJ", "KH", "MN", "PG", "TH", "TO")
COMING = PLACES * 3
"""The administrations of those who come to the coming workshop."""
STUDY_CODE = "FORENSICS-2018"
STUDIED = ("BN", "ID", "LA", "LK", "MY", "NP", "VU")
"""The administrations that are in the study of good practice besides."""
FAMILY = tuple(
    "Aumua Batbayar Chhim Dendup Erdene Fifita Ganbold Homhuan Ieremia Jamtsho Kaupa Latu".split()
)
FIRST = 8000
"""The number of the first of these people; the others have smaller ones."""


def office_members(cast: Cast, seed: int) -> list[Member]:
    """Return the contact points of the surveys, and who comes to the coming workshop."""
    roles = [*((place, Role.CONTACT_POINT) for place in PLACES)]
    roles += [(place, Role.PARTICIPANT) for place in COMING]
    roles += [(place, Role.CONTACT_POINT) for place in STUDIED]
    return [_member(cast, seed, number, *one) for number, one in enumerate(roles)]


def _member(cast: Cast, seed: int, number: int, place: str, role: Role) -> Member:
    """Return one of them; every fourth is silent, and all others answer."""
    own = Random(f"survey {number} of {seed}")  # noqa: S311 - repeatable, not secret
    family = FAMILY[number % len(FAMILY)]
    given = GIVEN[(number * 5 + number // len(FAMILY)) % len(GIVEN)]
    silent = number % 4 == 3
    return Member(
        number=FIRST + number,
        name=f"{given} {family}",
        email=f"{given}.{family}.{number}@example.org".lower(),
        administration=place,
        manner=Manner.SILENT if silent else Manner.ANSWERS,
        support=(own.random() + cast.support[place]) / 2,
        habits=cast.habits[place],
        own=own,
        role=role,
        apart=True,
    )


def listed(members: Iterable[Member], code: str) -> list[Member]:
    """Return who is on the list of a survey: to the workshop come participants too."""
    places = (*PLACES, *STUDIED) if code == STUDY_CODE else PLACES
    here = (one for one in members if one.administration in places)
    return [one for one in here if one.role is Role.CONTACT_POINT or code == COMING_CODE]


def ask_own(connection: Connection, office: Office, now: datetime) -> None:
    """Publish the questionnaire of the office, and ask it of those who told of their practice."""
    _ask(connection, office, f"{OWN}.yaml", (STUDY_CODE, "2018-06-18"), now)


def ask_second(connection: Connection, office: Office, now: datetime) -> None:
    """Publish its second version, and ask it of those who told of their e-learning."""
    _ask(connection, office, f"{OWN}-2.yaml", ("ELEARN-2018", "2018-09-17"), now)


def _ask(
    connection: Connection, office: Office, file: str, of: tuple[str, str], now: datetime
) -> None:
    code, day = of
    publish_version(connection, office, read_questionnaire(sample(file).decode(), OWN), now)
    add(connection, office, code, NewWave(OWN, day, Role.CONTACT_POINT), now)


def tell_of_operation(connection: Connection, office: Office, now: datetime) -> None:
    """Note an operation that a workshop prepared with its results, and one that is still to come."""
    add_programme(connection, office, TO_COME, ("RM-2017", ""), now)
    add_programme(connection, office, OPERATION, ("IPR-OC-2017", ""), now)
    import_results(connection, office, OPERATION[0], sample_list("operation_2018.csv"), now)
