"""Files that the office has seen of an anchor, and that people have shown: add, list, open, remove.

A claim that is confirmed with a file is a verification like any other; the file goes with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.verification import Inspection, unverify, verify
from bot.filing.checking import ENDINGS, LARGEST, Fault, Kind, Refused
from bot.filing.keeping import content_of, keep, settle
from bot.runtime.transactions import Door
from bot.settings.office import Office
from storage.database import Conflict
from storage.file_folder import KeptFile
from storage.office.audit import Act
from storage.responses.shown_files import (
    ANSWER,
    CLAIM,
    Belongs,
    ShownFile,
    add_file,
    files_of_claim,
    files_of_workshop,
    forget_file,
    get_file,
    same_file,
)
from surveys.problems import BadInput, Problem

MEGABYTES = LARGEST // 1_000_000
FAULTS = {
    Fault.EMPTY: ("is empty.", "Choose another one."),
    Fault.TOO_LARGE: (
        f"is too large: at most {MEGABYTES} MB are taken.",
        "Save it smaller, or describe what was seen.",
    ),
    Fault.WRONG_KIND: (
        "is none of PDF, JPEG, PNG and Word (.docx), whatever its name says.",
        "Save it as PDF.",
    ),
    Fault.MACROS: (
        "has macros or takes parts from elsewhere, so it is not kept.",
        "Save it as PDF.",
    ),
    Fault.DAMAGED: ("cannot be read to its end.", "Save it again, or send it as PDF."),
}
"""What is said of a file that is not taken, and what to do."""
TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOT_A_CLAIM = "File {number} was shown by the person. It goes with the answer."


@dataclass(frozen=True)
class EvidenceAdded:
    """A file of an anchor after it was added, whether that changed anything, and its undo."""

    number: int
    case: int
    anchor: str
    changed: bool

    @property
    def said(self) -> str:
        """What was done, in words for every skin."""
        if not self.changed:
            return f"This is file {self.number} of {self.anchor}, case {self.case}, already."
        return f"File {self.number} is kept for {self.anchor} of case {self.case}."


@dataclass(frozen=True)
class EvidenceRemoved:
    """A file of an anchor that was removed, and whether its verification went with it."""

    number: int
    case: int
    anchor: str
    unverified: bool

    @property
    def said(self) -> str:
        """What was done, in words for every skin."""
        gone = f"File {self.number} of {self.anchor}, case {self.case}, is removed."
        also = f" The document of {self.anchor} counts as seen by nobody any more."
        return gone + (also if self.unverified else "")


@dataclass(frozen=True)
class Opened:
    """What is in a file, under a name without people, and its media type."""

    name: str
    content: bytes
    media_type: str


def confirm_with_file(
    database: Door,
    office: Office,
    anchor: tuple[int, str],
    seen: Inspection,
    content: bytes,
    now: datetime,
) -> EvidenceAdded:
    """Confirm an anchor in force with a file: checked, kept in the folder, and then stored.

    Blocks: async callers use a thread. Raise BadInput for a file that is not taken, and what
    `add_evidence` raises; then nothing is left of the file.
    """
    kept = _keep(office, content)
    try:
        return database.run(add_evidence, office, anchor, seen, kept, now)
    finally:
        # Not by what was raised: a commit may be done although the connection was lost.
        settle(database, office, kept)


def _keep(office: Office, content: bytes) -> KeptFile:
    """Check a file and write it into the folder. Raise BadInput if it is not taken."""
    try:
        return keep(office, content)
    except Refused as refused:
        message, fix = FAULTS[refused.fault]
        raise BadInput((Problem("The file", "", message, fix=fix),)) from None
    except OSError as error:
        message = f"cannot be kept: {error.strerror}."
        fix = "Tell an administrator: files.folder in the configuration says where files lie."
        raise BadInput((Problem("The file", "", message, fix=fix),)) from None


def add_evidence(
    connection: Connection,
    office: Office,
    anchor: tuple[int, str],
    seen: Inspection,
    kept: KeptFile,
    now: datetime,
) -> EvidenceAdded:
    """Confirm an anchor in force with a file in the folder; verify it if nobody has yet.

    The same file again changes nothing and says so. Raise Conflict and BadInput as `verify` does.
    """
    verified = verify(connection, office, anchor, seen, now)
    case, code = anchor
    belongs = Belongs(case, CLAIM, code, seen.by.strip(), with_claim=verified.changed)
    known = same_file(connection, kept.sha256, belongs)
    if known is not None:
        return EvidenceAdded(known, case, code, changed=False)
    number = add_file(connection, kept, belongs, now)
    record(connection, office, Act.FILE_ADDED, f"case {case} {code}", now, file=number)
    return EvidenceAdded(number, case, code, changed=True)


def remove_evidence(
    connection: Connection, office: Office, number: int, now: datetime
) -> EvidenceRemoved:
    """Remove a file of an anchor for good, and the verification that came with it alone.

    Raise NotFound if there is none, Conflict for a file that the person has shown.
    """
    file = get_file(connection, number)
    if file.about == ANSWER:
        raise Conflict(NOT_A_CLAIM.format(number=number))
    forget_file(connection, number)
    place = (file.case_id, file.item)
    record(connection, office, Act.FILE_REMOVED, f"case {place[0]} {place[1]}", now, file=number)
    alone = file.with_claim and not files_of_claim(connection, *place)
    gone = alone and unverify(connection, office, place, office.acting, now).changed
    return EvidenceRemoved(number, *place, unverified=gone)


def shown_files(connection: Connection, code: str) -> list[ShownFile]:
    """Return the files of a workshop: what the office has seen, and what people have shown."""
    return files_of_workshop(connection, code)


def open_file(database: Door, office: Office, number: int, now: datetime) -> Opened:
    """Return what is in a file; that it was opened is in the audit log first.

    Raise NotFound if there is none, Conflict if it is missing or was changed in the folder.
    """
    file = database.run(_note_opened, office, number, now)
    kind = Kind(file.kind)
    name = f"{file.workshop}-case-{file.case_id}-file-{file.id}{ENDINGS[kind]}"
    return Opened(name, content_of(office, file), TYPES[kind])


def _note_opened(connection: Connection, office: Office, number: int, now: datetime) -> ShownFile:
    file = get_file(connection, number)
    about = f"{file.workshop} case {file.case_id} {file.item}"
    record(connection, office, Act.FILE_OPENED, about, now, file=number)
    return file
