"""What a file is by its content, read in a limited process of its own; its name is never looked at.

Pictures are saved anew, without what a camera adds, such as the place where they were taken.
"""

import base64
import io
import json
import re
import sys
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from bot.runtime.sandbox import Limits, read_apart, within
from surveys.xlsform.sheets import Unreadable

LARGEST = 10_000_000
"""The most bytes of a file that is shown."""
LIMITS = Limits(seconds=10, megabytes=768, bytes=LARGEST)
MOST_PIXELS = 50_000_000
"""The most points of a picture: more than the camera of a phone makes, and what memory holds."""
MOST_PARTS, MOST_UNPACKED = 4_000, 200_000_000
"""The most parts of a Word file, and their size in bytes when they are unpacked."""
BEGINNINGS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
MACROS = ("vbaproject.bin", "vbadata.xml", "/activex/", ".docm", ".xlsm", ".pptm", ".dotm")
RUNS = ("macroEnabled", "vbaProject")
HARMLESS = ("/hyperlink", "/image")
"""How the kinds of parts from elsewhere end that run nothing: links are followed by hand only."""
LOCAL = re.compile(r"file:///[^/\\]|[a-z]:|[^/\\:]*$")
"""Where something lies on the computer of who wrote a file, so that nobody else takes it."""
UNREADABLE = (
    *(zipfile.BadZipFile, NotImplementedError, KeyError, RuntimeError, EOFError, OSError),
    *(ValueError, SyntaxError),  # of a part that is no XML, or has entities
)
WORD = "wordprocessingml.document.main+xml"


class Kind(StrEnum):
    """The kinds of files that are taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    DOCX = "docx"


ENDINGS = {Kind.PDF: ".pdf", Kind.JPEG: ".jpg", Kind.PNG: ".png", Kind.DOCX: ".docx"}


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    WRONG_KIND = "wrong kind"
    MACROS = "macros"
    DAMAGED = "damaged"


class Refused(ValueError):
    """A file that is not taken, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Checked:
    """A file that is taken: its kind, and what is kept of it."""

    kind: Kind
    content: bytes


def check(content: bytes) -> Checked:
    """Return a file with its kind. Raise Refused if it is not taken.

    Blocks until the other process ends: call it in a thread.
    """
    if not content:
        raise Refused(Fault.EMPTY)
    if len(content) > LARGEST:
        raise Refused(Fault.TOO_LARGE)
    try:
        said = json.loads(read_apart(__name__, [], content, LIMITS))
    except Unreadable:
        raise Refused(Fault.DAMAGED) from None
    if "fault" in said:
        raise Refused(Fault(said["fault"]))
    anew = base64.b64decode(said["anew"])
    if len(anew) > LARGEST:
        raise Refused(Fault.TOO_LARGE)
    return Checked(Kind(said["kind"]), anew or content)


def look_at(content: bytes) -> tuple[Kind, bytes]:
    """Return the kind of a file, and the file anew if it is a picture. Raise Refused."""
    match _ending(content):
        case ".pdf":
            return Kind.PDF, _pdf(content)
        case ".png":
            return Kind.PNG, _picture(content, "PNG")
        case ".jpg":
            return Kind.JPEG, _picture(content, "JPEG")
        case ".docx":
            return Kind.DOCX, _word(content)
    raise Refused(Fault.WRONG_KIND)


def _ending(content: bytes) -> str:
    """Return the ending that the first bytes of a file stand for, "" for one that is not taken."""
    import puremagic

    plain = next((end for sign, end in BEGINNINGS.items() if content.startswith(sign)), "")
    try:
        known = {found.extension for found in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return ""
    if plain:
        return plain if plain in known else ""
    return ".docx" if content.startswith(b"PK\x03\x04") and ".docx" in known else ""


def _pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        raise Refused(Fault.DAMAGED)
    return b""


def _picture(content: bytes, form: str) -> bytes:
    """Return a picture saved anew: turned as it was meant, and without all that is no picture."""
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            picture.load()
            turned = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(Fault.TOO_LARGE) from None
    except (OSError, ValueError, SyntaxError):
        raise Refused(Fault.DAMAGED) from None
    return _saved(turned, form)


def _saved(picture: "object", form: str) -> bytes:
    from PIL import Image

    assert isinstance(picture, Image.Image)  # noqa: S101 - for the type only
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    anew = io.BytesIO()
    options = {"quality": 90} if form == "JPEG" else {}
    picture.save(anew, form, **options)
    return anew.getvalue()


def _word(content: bytes) -> bytes:
    """Check that a file is a Word document, which runs nothing and fetches nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts)
    except Refused:
        raise
    except UNREADABLE:
        raise Refused(Fault.DAMAGED) from None
    return b""


def _check_parts(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    names = {one.filename.lower() for one in infos}
    if "[content_types].xml" not in names:
        raise Refused(Fault.WRONG_KIND)
    if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED:
        raise Refused(Fault.TOO_LARGE)
    kinds = parts.read("[Content_Types].xml").decode("utf-8", "replace")
    if any(sign in kinds for sign in RUNS) or any(
        sign in f"/{name}" for name in names for sign in MACROS
    ):
        raise Refused(Fault.MACROS)
    if WORD not in kinds or "word/document.xml" not in names:
        raise Refused(Fault.WRONG_KIND)
    if parts.testzip() is not None:
        raise Refused(Fault.DAMAGED)
    if any(_fetches(parts.read(one)) for one in infos if one.filename.lower().endswith(".rels")):
        raise Refused(Fault.MACROS)


def _fetches(told: bytes) -> bool:
    """Return whether a list of parts of a Word file names one from elsewhere, such as a template."""
    from defusedxml import ElementTree

    for one in ElementTree.fromstring(told).iter():
        kind, target = one.get("Type", ""), unquote(one.get("Target", "")).strip().lower()
        external = one.get("TargetMode", "").lower() == "external"
        if external and not kind.endswith(HARMLESS) and not LOCAL.match(target):
            return True
    return False


def _work(_arguments: Sequence[str], content: bytes) -> str:
    try:
        kind, anew = look_at(content)
    except Refused as refused:
        return json.dumps({"fault": refused.fault})
    return json.dumps({"kind": kind, "anew": base64.b64encode(anew).decode()})


if __name__ == "__main__":
    sys.exit(within(_work))
