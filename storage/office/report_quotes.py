"""The own words of people in reports that were handed out: they go when the person is erased.

Totals stay, as nobody is named by them; words do not.
"""

import json
from collections.abc import Collection
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from storage.office.report_versions import FIGURES, TOLD, Edition
from storage.schema import report_files

SHORTENED = " …"
"""The end of a quote that was cut."""


def forget_quotes(connection: Connection, texts: Collection[str]) -> int:
    """Take texts out of the stored figures; return how many reports quoted them.

    The other files of such a report are deleted, and are made again of its figures when somebody
    asks for them.
    """
    said = {" ".join(text.split()) for text in texts} - {""}
    if not said:
        return 0
    rows = connection.execute(select(report_files).where(report_files.c.form == FIGURES)).all()
    return sum(_forgotten(connection, row, said) for row in rows)


def _forgotten(connection: Connection, row: Row[Any], said: Collection[str]) -> bool:
    """Take texts out of one report; return whether it quoted any."""
    report = json.loads(row.content)
    if not sum(_take_out(section, said) for section in report["sections"]):
        return False
    content = (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
    new = {"content": content, "sha256": sha256(content).hexdigest()}
    connection.execute(update(report_files).where(report_files.c.id == row.id).values(new))
    names = asdict(Edition("", 0, "", "", "", "", "")).keys() - {"status", "level"}
    same = (report_files.c[name] == row._mapping[name] for name in names)
    drawn = report_files.c.form.not_in((FIGURES, TOLD))
    connection.execute(delete(report_files).where(*same, drawn))
    return True


def _take_out(section: dict[str, Any], said: Collection[str]) -> int:
    kept = [quote for quote in section["quotes"] if not _quotes(quote["text"], said)]
    taken = len(section["quotes"]) - len(kept)
    section["quotes"] = kept
    return taken


def _quotes(text: str, said: Collection[str]) -> bool:
    """Return whether a quote repeats one of some texts, whole or cut."""
    if text.endswith(SHORTENED):
        return any(one.startswith(text.removesuffix(SHORTENED)) for one in said)
    return text in said
