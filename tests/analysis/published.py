"""What a file of a report tells, to be compared with what the report tells."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from analysis.formats import render
from analysis.model import Report

TURNS = str.maketrans("", "", "\u202b\u202c")
"""The signs around labels from right to left."""


def leaves(value: object) -> Iterator[str]:
    """Yield every text and number of a JSON value; keys are no figures."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)


def told(found: Report) -> set[str]:
    """Return every text of a report, also as it stands on a cover and above a chapter."""
    texts = leaves(json.loads(render(found, "json")))
    cover = (f"{label}: {text}" for label, text in found.cover)
    chapters = (f"{chapter.number} {chapter.heading}" for chapter in found.chapters)
    return {*texts, *cover, *chapters}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


def strange(pieces: Iterator[str], found: Report) -> set[str]:
    """Return the pieces of a file whose numbers are not those of one text of the report, as a whole."""
    known = told(found)
    inside = sorted((one for one in known if re.search(r"\D", one)), key=len, reverse=True)
    left = set()
    for piece in pieces:
        text = " ".join(piece.translate(TURNS).split())
        if not numbers(text) or text in known:
            continue
        for one in inside:
            text = text.replace(" ".join(one.split()), "")
        if numbers(text):
            left.add(text.strip())
    return left


def numbers_of_tables(found: Report) -> set[str]:
    tables = [table for part in found.sections for table in part.tables]
    return {
        n for table in tables for row in table.rows for cell in row for n in numbers(str(cell))
    }


def parts(file: bytes, pattern: str, tags: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of elements of the XML parts of an office file."""
    with ZipFile(BytesIO(file)) as packed:
        for name in packed.namelist():
            if re.search(pattern, name):
                for element in ElementTree.fromstring(packed.read(name)).iter():
                    if element.tag.rpartition("}")[2] in tags:
                        yield "".join(element.itertext())
