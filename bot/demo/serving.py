"""The web page over a moment of the demonstration, to be opened in a browser of this machine.

The people are invented; the page, the link and the use cases behind them are the real ones.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from bot.access.links import address_of, new_link
from bot.demo.cast import PLACES
from bot.demo.year import Year
from bot.desk.office.signing_in import make_link
from bot.desk.office.staff import StaffInvitation, add
from bot.desk.waves.acts import hold_wave
from bot.runtime.clock import utc_now
from bot.settings.office import Office
from bot.web.interview.pages import Pages
from storage.office.staff import StaffRole
from storage.people.links import Purpose
from storage.people.office_messages import keep_message
from storage.schema import cases, enrolments, participants, waves
from surveys.people import Role

DATABASE = "page.sqlite3"
SERVED_ON = datetime(2018, 6, 12, tzinfo=UTC)
"""Six months after the workshops of December: M6 is open, and not everybody has answered."""
HOST = "127.0.0.1"
A_DAY = timedelta(days=1)
KEY = b"of invented codes"
WRITTEN = (
    "Sorry, I answered about the wrong workshop.",
    "I have moved to the training centre. Who asks me now?",
)
"""What invented people wrote to the office this morning."""


def begun(folder: Path, seed: int) -> Year:
    """The year before it begins, in a database of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{DATABASE}*"):
        old.unlink()
    return Year(folder / DATABASE, seed)


@dataclass(frozen=True)
class Links:
    """The personal link of a participant, and a link with which an organiser signs in to the desk."""

    participant: str
    desk: str


@asynccontextmanager
async def served(year: Year, port: int) -> AsyncIterator[Links]:
    """Page and desk while somebody looks; gives the links of a participant and of an organiser.

    The clock goes on from the moment to which the year has been lived.
    """
    from bot.web import DESK_PAGES, Doors, WebServer, build_app, build_desk

    application, moment, started = year.application, year.now, utc_now()
    working = (
        application.transactions,
        application.office,
        lambda: moment + (utc_now() - started),
    )
    desk = build_desk(*working, f"http://{HOST}", lambda: KEY, DESK_PAGES)
    app = Doors(desk, build_app(Pages(*working), f"http://{HOST}"))
    server = WebServer(app, HOST, port)
    url = f"http://{HOST}:{await server.start()}"
    try:
        enrolment = await application.transactions.read(somebody_asked)
        secret = await application.transactions.write(
            new_link, enrolment, Purpose.INTERVIEW, moment
        )
        await application.transactions.write(something_to_do, application.office, moment)
        sign_in = await application.transactions.write(_organiser, application.office, moment)
        yield Links(address_of(url, Purpose.INTERVIEW, secret), url + sign_in)
    finally:
        await server.stop()


def _organiser(connection: Connection, office: Office, now: datetime) -> str:
    """Employ an organiser, and return the path of a link that signs in as often as somebody looks."""
    added = add(connection, office, StaffInvitation(StaffRole.ORGANISER, "Ana"), now)
    link = make_link(connection, office, added.member.code, now, once=False, lasts=A_DAY)
    return link.path


def something_to_do(connection: Connection, office: Office, now: datetime) -> None:
    """Let some things need the office: messages that people wrote, and a wave on hold."""
    writers = select(participants.c.id).where(participants.c.stopped_at.is_(None))
    for number, text in zip(connection.scalars(writers.limit(len(WRITTEN))), WRITTEN, strict=True):
        keep_message(connection, number, text, now - A_DAY / 8)
    held = office.acting_as("Bo")
    why = ("The workshop of the donor comes first", None)
    hold_wave(connection, held, max(PLACES), "M12", now - A_DAY / 4, why)


def somebody_asked(connection: Connection) -> int:
    """The number of a participant's enrolment who has agreed and begun nothing of the newest wave."""
    waiting = (
        select(cases.c.enrolment_id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .join(participants, participants.c.id == enrolments.c.participant_id)
        .where(waves.c.closed_at.is_(None), cases.c.started_at.is_(None))
        .where(enrolments.c.consented_at.is_not(None), enrolments.c.withdrawn_at.is_(None))
        .where(participants.c.stopped_at.is_(None), enrolments.c.role == Role.PARTICIPANT)
        .order_by(waves.c.opens_on.desc(), cases.c.id)
        .limit(1)
    )
    return int(connection.execute(waiting).scalar_one())
