"""Which sentences of reports the demonstration says: each is marked with a number in its translation."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

import analysis.wording

LANGUAGE = "fr"
"""The language that the marks take the place of."""
SENTENCE = re.compile(r"[.!?]$")
VALUE = re.compile(r"\{\w+\}")
MARK = re.compile(r"⟦(\d+)⟧")


def sentences() -> list[str]:
    """All sentences of reports in English, the plural of those that have two."""
    with (Path(str(analysis.wording.PLACE)) / f"{LANGUAGE}.po").open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    texts = (one.id if isinstance(one.id, str) else one.id[-1] for one in catalog if one.id)
    return [text for text in texts if SENTENCE.search(text)]


@contextmanager
def marked(folder: Path) -> Iterator[None]:
    """Let reports in `LANGUAGE` say the number of each sentence, with the values in it."""
    place = folder / "locale"
    shutil.copytree(Path(str(analysis.wording.PLACE)), place)
    _mark(place / f"{LANGUAGE}.po")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.wording, "PLACE", place)
        analysis.wording.report_catalogue.cache_clear()
        yield
    analysis.wording.report_catalogue.cache_clear()


def _mark(path: Path) -> None:
    numbers = {text: number for number, text in enumerate(sentences())}
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    for message in catalog:
        several = not isinstance(message.id, str)
        text = message.id[-1] if several else message.id
        if text in numbers:
            mark = " ".join([f"⟦{numbers[text]}⟧", *VALUE.findall(text)])
            message.string = (mark,) * len(message.string) if several else mark
    with path.open("wb") as file:
        write_po(file, catalog)


def said(pages: Iterable[str]) -> set[str]:
    """The sentences that stand on some pages."""
    every = sentences()
    return {every[int(number)] for page in pages for number in MARK.findall(page)}
