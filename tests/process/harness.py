"""An office on disk and its real process: made, started, stopped and killed by tests.

Nothing is replaced: the process runs what `python -m bot` runs (see `starting`), it talks HTTP to
the stand-in, and the clock is the real one. So that contacts are due whatever the hour, the office
has its own table of administrations, in a zone where it is mid-morning now, with a weekend that is
not today, and with a country code that has no public holidays.

These tests take seconds each: they wait for rounds of one second, for the pace of the messenger
(one message a second to a chat), and where the line is silent for the ten seconds after which the
process gives up.
"""

import json
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import yaml
from sqlalchemy import Connection, Table, func, insert, select

from storage.database import Database
from storage.fieldwork.next_contact import spread_of
from storage.schema import answers, attempts, cases, enrolments, metadata, participants
from tests.patience import PATIENCE
from tests.process.starting import Copy, Started, start_whole, surroundings
from tests.standin.control import StandIn
from tests.standin.people import Person
from tests.two_minutes import pass_two_minutes

WORKSHOP = "IPR-TEST"
CODES = "codes.json"
TITLE = "Combating counterfeiting and piracy"
EVA, FAY = 9001, 9002
PEOPLE = 60
INVITED = 20
"""So many of the people have joined; the others have a code each that nobody has used."""
LATEST_SPREAD = 0.45
CHATS = 5_837_260_000
"""As long as real ones: a test looks for them in what is printed, among ports and sizes."""


@dataclass(frozen=True)
class Officer:
    """Somebody of the list: `chat` is set if they have joined; `prompt` if contacted at once."""

    name: str
    code: str
    chat: int
    joined: bool
    prompt: bool


@dataclass(frozen=True)
class Office:
    """A folder with a configuration and a database."""

    folder: Path
    officers: tuple[Officer, ...]
    url: str = "sqlite:///followup.sqlite3"

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def database(self) -> Path:
        return self.folder / "followup.sqlite3"

    @property
    def joined(self) -> list[Officer]:
        """Those who have a chat and are contacted as soon as a wave opens."""
        return [one for one in self.officers if one.joined]

    @property
    def newcomer(self) -> Officer:
        """Somebody with a code who would be contacted at once."""
        return next(one for one in self.officers if one.prompt and not one.joined)

    def start(
        self, words: Sequence[str], out: Path, err: Path, *, whole: bool = False, **more: str
    ) -> Started:
        """Start a command with this office's configuration; `more` joins its environment."""
        begin = start_whole if whole else Copy
        given = [*words, "-c", str(self.config)]
        return begin(given, self.folder, surroundings() | more, out, err)

    def followup(self, *words: str, whole: bool = False, **environment: str) -> str:
        """Runs a command that must succeed; what it printed as its result."""
        code, out, err = self._run(words, whole, environment)
        assert code == 0, out + err
        return out

    def refused(self, *words: str, whole: bool = False, **environment: str) -> str:
        """Runs a command that must end with exit code 2; the one thing it says beside its log."""
        code, out, err = self._run(words, whole, environment)
        assert (code, out) == (2, ""), out + err
        (said,) = (line for line in err.splitlines() if not line.startswith("{"))
        return said

    def _run(
        self, words: Sequence[str], whole: bool, environment: dict[str, str]
    ) -> tuple[int, str, str]:
        """The exit code of a command, and what it printed as its result and as a mistake."""
        with TemporaryDirectory() as name:
            out, err = Path(name) / "out", Path(name) / "err"
            process = self.start(words, out, err, whole=whole, **environment)
            try:
                code = process.wait(PATIENCE)
            finally:
                process.kill()
            return code, out.read_text("utf-8"), err.read_text("utf-8")

    def configure(self, **parts: Any) -> None:
        """Writes the configuration; `parts` are added to the usual ones."""
        usual: dict[str, Any] = {
            "database": self.url,
            "administrations": "administrations.csv",
            # The office's own day decides on which day a wave opens that is opened by hand.
            "office": {"time_zone": morning(datetime.now(UTC))[0]},
            "fieldwork": {"tick_seconds": 1},
            "web": {"port": 0},
        }
        self.config.write_text(yaml.safe_dump(usual | parts), "utf-8")

    def points_to(self, tg: StandIn, base_url: str | None = None, **parts: Any) -> None:
        """From now on the process talks to this server; `parts` of the configuration are added."""
        urls = {"base_url": base_url or tg.base_url, "base_file_url": tg.base_file_url}
        self.configure(telegram=urls, **parts)

    # What stands in the database

    def outcomes(self) -> dict[int, list[str]]:
        """The outcomes of all attempts by chat, in order of attempts."""
        found: dict[int, list[str]] = {}
        query = (
            select(participants.c.name, attempts.c.outcome)
            .join(cases, cases.c.id == attempts.c.case_id)
            .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
            .join(participants, participants.c.id == enrolments.c.participant_id)
            .order_by(attempts.c.case_id, attempts.c.ordinal)
        )
        chats = {officer.name: officer.chat for officer in self.officers}
        for name, outcome in self._rows(query):
            found.setdefault(chats[name], []).append(outcome)
        return found

    def answers(self, officer: Officer) -> dict[str, str | None]:
        """The stored answers of somebody by item."""
        query = (
            select(answers.c.item, answers.c.value)
            .join(cases, cases.c.id == answers.c.case_id)
            .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
            .join(participants, participants.c.id == enrolments.c.participant_id)
            .where(participants.c.name == officer.name)
        )
        return dict(self._rows(query))

    def shown(self, officer: Officer) -> set[str]:
        """The questions that the bot knows to have been delivered to somebody last."""
        query = (
            select(cases.c.shown_item)
            .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
            .join(participants, participants.c.id == enrolments.c.participant_id)
            .where(participants.c.name == officer.name, cases.c.shown_item.is_not(None))
        )
        return {row.shown_item for row in self._rows(query)}

    def details(self) -> Counter[tuple[str, str]]:
        """How many attempts ended so: outcome and detail."""
        found = self._rows(select(attempts.c.outcome, attempts.c.detail))
        return Counter((row.outcome, row.detail) for row in found)

    def _rows(self, query: Any) -> list[Any]:
        database = self.opened()
        try:
            return database.read(lambda connection: list(connection.execute(query)))
        finally:
            database.close()

    def opened(self) -> Database:
        """The database itself, to be closed by who asks for it."""
        beside = self.url.replace("sqlite:///", f"sqlite:///{self.folder}/")
        return Database(beside)

    def opens(self, wave: str) -> None:
        """Open a wave on the command line, and let its two minutes be over."""
        self.followup("wave", "open", WORKSHOP, wave, "--yes")
        pass_two_minutes(self.opened())

    def moved_to(self, url: str) -> "Office":
        """The same office with everything it has in another, empty and migrated database."""
        here, there = self.opened(), Database(url)
        for table in metadata.sorted_tables:
            there.run(_filled, table, here.read(_rows_of, table))
        here.close()
        there.close()
        return replace(self, url=url)

    def copied_to(self, folder: Path) -> "Office":
        """The same office in another folder; no process may be running in this one."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return replace(self, folder=folder)


def _rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [row._asdict() for row in connection.execute(select(table))]


def _filled(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
        if "id" in table.c:
            # PostgreSQL goes on counting where it stopped itself.
            sequence = func.pg_get_serial_sequence(table.name, "id")
            last = select(func.max(table.c.id)).scalar_subquery()
            connection.execute(select(func.setval(sequence, last)))


class Process:
    """A running bot; `whole` starts it as `python -m bot run`."""

    def __init__(self, office: Office, tg: StandIn, *, whole: bool = False) -> None:
        self.tg = tg
        self.log = office.folder / f"run-{len(list(office.folder.glob('*.log')))}.log"
        self.log.touch()
        self._polls = len(tg.calls("getUpdates"))
        token = {"FOLLOWUP_TELEGRAM_TOKEN": tg.token}
        self.popen = office.start(["run"], self.log, self.log, whole=whole, **token)

    @property
    def output(self) -> str:
        """Everything that it has printed so far."""
        return self.log.read_text("utf-8")

    def listening(self) -> "Process":
        """Waits until it asks for messages."""
        self.until(lambda: len(self.tg.calls("getUpdates")) > self._polls)
        return self

    def until(self, condition: Callable[[], object], patience: float = PATIENCE) -> None:
        """Waits for a condition; fails with the log if it does not come or the process ends."""

        def so_or_over() -> bool:
            return bool(condition()) or self.popen.poll() is not None

        try:
            self.tg.wait_until(so_or_over, patience)
            assert condition(), f"the process ended with {self.popen.poll()}"
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.output[-4000:]}") from None

    def ticks(self) -> int:
        """How many rounds of fieldwork it has finished."""
        return self.output.count('"event": "tick"')

    def kill(self) -> None:
        """kill -9."""
        self.popen.kill()
        self.popen.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE)


def port_of(process: Process, event: str = "web_server_started") -> int:
    """Where the page listens, as the process says itself."""
    lines = (json.loads(line) for line in process.output.splitlines())
    return next(int(line["port"]) for line in lines if line["event"] == event)


def monitor_port_of(process: Process) -> int:
    """Where health and metrics are served."""
    return port_of(process, "monitor_started")


def shown(person: Person) -> str:
    """The text of the newest message of the bot; '' if there is none yet."""
    return next((m.text for m in reversed(person.screen) if m.sender == "bot"), "")


class Run(Protocol):
    """Starts a bot in an office."""

    def __call__(self, office: Office, *, whole: bool = False) -> Process: ...


Chats = dict[int, Person]


def invited(tg: StandIn, office: Office) -> dict[int, int]:
    """How many new messages each chat of those who joined has got; chats without any are left out."""
    chats = {officer.chat for officer in office.joined}
    return dict(Counter(call.chat_id for call in tg.accepted() if call.chat_id in chats))


def morning(now: datetime) -> tuple[str, date]:
    """A zone where it is between 10:25 and 11:25 now, and the day it is there.

    The window of contacts is open from 09:30 to 11:30: whoever has a place in its first 45 % is
    due, and five minutes at least are left for the tests.
    """
    hours = (10 if now.minute >= 25 else 11) - now.hour
    if hours < -12:
        hours += 24
    day = (now + timedelta(hours=hours)).date()
    return f"Etc/GMT{-hours:+d}", day


def make_office(folder: Path) -> Office:
    """The office with a workshop that ended forty days ago, its people and their codes."""
    zone, today = morning(datetime.now(UTC))
    free = {(today.weekday() + days) % 7 for days in (3, 4)}
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    weekend = "+".join(names[day] for day in sorted(free))
    (folder / "administrations.csv").write_text(
        "code,name,subregion,timezone,weekend,languages,telegram,note\n"
        f"XA,Atlantis,Test,{zone},{weekend},English,usable,\n"
        f"XB,Lyonesse,Test,{zone},{weekend},English,usable,\n",
        "utf-8",
    )
    last = today - timedelta(days=40)
    (folder / "workshops.csv").write_text(
        "code,title,kind,starts_on,ends_on,city,country,donors\n"
        f"{WORKSHOP},{TITLE},regional,{last - timedelta(days=2)},{last},Suva,XA,CCF/Japan\n",
        "utf-8",
    )
    names_of_people = ["Ada Vea", "Ben Qalo", "Chi Lan", "Dee Rai"]
    names_of_people += [f"Officer{number} Test" for number in range(5, PEOPLE + 1)]
    rows = [f"{name},{('XA', 'XB')[i % 2]}" for i, name in enumerate(names_of_people)]
    (folder / "people.csv").write_text("\n".join(["name,administration", *rows, ""]), "utf-8")
    office = Office(folder, ())
    office.configure()
    office.followup("check", "--offline", "--create")
    office.followup("workshop", "import", "workshops.csv")
    office.followup("participants", "import", WORKSHOP, "people.csv")
    (folder / CODES).write_text(office.followup("participants", "codes", WORKSHOP, "--json"))
    return office_in(folder)


def office_in(folder: Path) -> Office:
    """The office that `make_office` has made in a folder, or a copy of it."""
    return Office(folder, _officers(json.loads((folder / CODES).read_text("utf-8"))))


def _officers(given: list[dict[str, str]]) -> tuple[Officer, ...]:
    """All people of the list; the first of the prompt ones are to join."""
    found: list[Officer] = []
    for number, one in enumerate(given, 1):
        prompt = spread_of(number) < LATEST_SPREAD
        joins = prompt and sum(officer.joined for officer in found) < INVITED
        found.append(Officer(one["name"], one["code"], CHATS + number, joins, prompt))
    return tuple(found)


def people_of(office: Office, tg: StandIn) -> dict[int, Person]:
    """The accounts of all officers by chat; those who joined have written to the bot before."""
    return {
        one.chat: tg.person(one.chat, one.name.split()[0], started=one.joined)
        for one in office.officers
    }
