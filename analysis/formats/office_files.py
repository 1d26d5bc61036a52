"""Word, Excel and PowerPoint files without the traces of the programs that made them."""

import zipfile
from collections.abc import Mapping
from datetime import UTC
from io import BytesIO
from typing import Any

from analysis.model import Report
from analysis.printable import cleaned

LONGEST = 255
"""The longest property of a file."""
TAGS = {
    "en": "en-GB",
    "fa": "fa-IR",
    "fr": "fr-FR",
    "km": "km-KH",
    "th": "th-TH",
    "vi": "vi-VN",
    "zh": "zh-CN",
}
"""Languages as Office names them."""
PROPERTIES, CORE = "docProps/app.xml", "docProps/core.xml"
_NOTHING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"></Properties>'
)
_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"></cp:coreProperties>'
)
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def describe(properties: Any, report: Report) -> None:
    """Set the properties of a Word or PowerPoint file: what it is, in which language, and for whom.

    The office is its author and the cut-off its date. There is no other name.
    """
    moment = report.cut_off.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = cleaned(report.title)[:LONGEST]
    properties.subject = cleaned(report.subtitle)[:LONGEST]
    properties.author = properties.last_modified_by = cleaned(report.office)[:LONGEST]
    properties.comments = properties.category = ""
    properties.keywords, properties.language = report.mark, tag_of(report.language)
    properties.created = properties.modified = moment


def tag_of(language: str) -> str:
    """Return a language as Office names it, such as fr-FR."""
    return TAGS.get(language, language)


def without_traces(content: bytes) -> bytes:
    """Return the same file without the name of a program, and with one date on all its parts.

    Workbooks of charts in it have no properties. The same report so gives the same bytes.
    """
    return _packed_again(content, {PROPERTIES: _NOTHING})


def _packed_again(content: bytes, instead: Mapping[str, bytes]) -> bytes:
    """Return a packed file with some parts replaced, and its workbooks packed again too."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _SAME_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept = instead.get(name, old.read(name))
            if name.endswith(".xlsx"):
                kept = _packed_again(kept, {PROPERTIES: _NOTHING, CORE: _NOBODY})
            new.writestr(part, kept)
    return made.getvalue()
