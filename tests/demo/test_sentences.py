"""The year says each sentence that a report can say, or a list says why it does not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.demo.elsewhere import ELSEWHERE
from tests.demo.sentences import for_readers_outside, for_the_office, said_by, sentences
from tests.shared import made_once

Pages = Callable[[Database], Iterator[str]]
PARTS: tuple[Pages, ...] = (for_the_office, for_readers_outside)


def said_once(factory: pytest.TempPathFactory, database: Database, pages: Pages) -> set[str]:
    """Return what some pages say; they are made once in a run."""

    def make(folder: Path) -> None:
        found = sorted(said_by(database, folder, pages))
        (folder / "said.json").write_text(json.dumps(found))

    folder = made_once(factory, pages.__name__, make)
    return set(json.loads((folder / "said.json").read_text()))


@pytest.mark.parametrize("pages", PARTS, ids=lambda pages: pages.__name__)
def test_reports_say_some_of_the_sentences(
    pages: Pages, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some sixty reports are made; those for readers outside take most of the time."""
    assert said_once(tmp_path_factory, database, pages) <= set(sentences())


def test_every_sentence_of_a_report_is_said_or_known_to_need_something_else(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Let a new sentence be said by the demonstration, or add to `ELSEWHERE` why no year says it."""
    said = set[str]().union(*(said_once(tmp_path_factory, database, pages) for pages in PARTS))
    left = [text for text in sentences() if text not in said]
    assert [text for text in left if text not in ELSEWHERE] == []
    assert [text for text in ELSEWHERE if text not in left] == []
