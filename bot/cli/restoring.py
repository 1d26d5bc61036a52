"""What `followup restore` does: the copy put back, and what it cannot know caught up with."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.filing.keeping import remove_forgotten
from bot.operations.retention import scrub
from bot.outbox.after_restore import Replayed, take_as_sent
from bot.runtime.clock import utc_now
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import moment_words
from storage.database import Database
from storage.erasure.erasing import erase_again
from storage.office.share_links import end_all_shares
from storage.operations.file_copies import keep_files, missing_files, put_files_back
from storage.operations.restoring import carry_stops, check_alone, known_wishes
from storage.operations.restoring import restore as put_file_back
from storage.operations.upgrading import prepare
from storage.people.erased import carry_marks
from storage.responses.shown_files import names_shown

NOT_KEPT = (
    "The files outside the database could not be kept beside it: {why}. Copy the folder of files.folder "
    "today: files that the copy does not know are removed from it after a day."
)


@dataclass(frozen=True)
class Restored:
    """What a restore did. `kept` is the file that was replaced.

    `stops` and `erased` count wishes that the copy does not know; None where the database before
    could not be read. `links` counts share links and feeds that were ended, as the copy does not know
    which were ended since. `left` says what to do if erased data may still be in the file. `files` were
    put back from beside the copy; `missing` ones are named in the database and are not there.
    """

    kept: str
    caught: Replayed
    stops: int | None
    erased: int | None
    links: int
    left: str = ""
    files: int = 0
    missing: int = 0


def catch_up(database: Database, office: Office) -> Restored:
    """Return what was caught up with in a database that was put in its place by hand."""
    try:
        check_alone(database)
        prepare(database, utc_now())
        caught = database.run(take_as_sent, office, utc_now())
        links = database.run(end_all_shares, utc_now())
        return Restored("", caught, None, None, links, missing=_missing(database, office))
    finally:
        database.close()


def put_back(path: Path, file: Path, office: Office) -> Restored:
    """Put a copy in the place of the SQLite database at `path`; return what was caught up with."""
    now = utc_now()
    wishes = known_wishes(path)

    def ready(connection: Connection) -> tuple[int | None, int | None, int, Replayed]:
        stops = carry_stops(connection, wishes.stops) if wishes else None
        erased = erase_again(connection, wishes.erasures) if wishes else None
        if wishes:
            carry_marks(connection, wishes.marks)
        links = end_all_shares(connection, now)
        return stops, erased, links, take_as_sent(connection, office, now)

    kept, (stops, erased, links, caught) = put_file_back(path, file, now, ready)
    not_kept = _keep_files(kept, office)
    files = put_files_back(file, office.files.folder)
    left, missing = _finish(path, office, erased=bool(erased))
    left = " ".join(filter(None, (not_kept, left)))
    return Restored(str(kept or ""), caught, stops, erased, links, left, files, missing)


def _keep_files(kept: Path | None, office: Office) -> str:
    """Keep the files beside the database that was replaced, so that it can be put back whole.

    Those that the copy does not know are removed from the folder after a day. Return what to do if
    they cannot be kept, or "".
    """
    try:
        if kept is not None:
            keep_files(office.files.folder, kept)
    except OSError as error:
        return NOT_KEPT.format(why=error.strerror)
    return ""


def _finish(path: Path, office: Office, *, erased: bool) -> tuple[str, int]:
    """Remove what belongs to people who were erased; return what may be left, and missing files."""
    restored = Database(f"sqlite:///{path}")
    try:
        remove_forgotten(restored, office)
        return scrub(restored) if erased else "", _missing(restored, office)
    finally:
        restored.close()


def _missing(database: Database, office: Office) -> int:
    return missing_files(office.files.folder, database.read(names_shown))


def lines_of(done: Restored, zone: str) -> list[str]:
    """Return what a restore did, for the administrator."""
    since = moment_words(done.caught.since, zone) if done.caught.since else "not known"
    lines = [
        f"The copy was in use until: {since}.",
        f"{counted(done.caught.contacts, 'message')} and {counted(done.caught.waves, 'wave')} fell due "
        "since. They count as sent, so that nobody is asked twice; reminders go on as planned.",
    ]
    if done.kept:
        lines.insert(0, f"The database before is kept: {done.kept}")
    if done.stops is None:
        lines.append('Who was erased or has said "stop" since then is not known here.')
    else:
        stops = counted(done.stops, "person", "people")
        erased = counted(done.erased or 0, "person", "people")
        lines.append(f'{stops} had said "stop" since then; that is kept.')
        lines.append(f"{erased} had been erased since then; that is done again.")
    if done.links:
        lines.append(
            f"{counted(done.links, 'share link or feed', 'share links and feeds')} ended: "
            "`followup share restore CODE` lets one work again."
        )
    if done.files:
        lines.append(f"{counted(done.files, 'file')} outside the database came back too.")
    if done.missing:
        lines.append(
            f"{counted(done.missing, 'file')} that the database names cannot be found: put the folder "
            "of files.folder back from where you keep copies of it."
        )
    if done.left:
        lines.append(done.left)
    lines.append("Answers, used codes and waves opened by hand since then are not in the copy.")
    return lines
