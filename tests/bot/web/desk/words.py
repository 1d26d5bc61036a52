"""The desk of an office whose participants wrote texts of their own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.database import Database
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.quoting import told
from tests.bot.web.desk.offices import Desk


@contextmanager
def desk_with(
    folder: Path, texts: Sequence[str], also: Callable[[Story, list[int]], None] | None = None
) -> Iterator[Desk]:
    """Give the desk; `also` adds to the story, and gets the cases of the texts in their order."""
    url = f"sqlite:///{folder / 'words.sqlite3'}"
    story, cases = told(texts, url=url)
    if also is not None:
        also(story, cases)
    story.connection.commit()
    desk = Desk(Database(url))
    desk.now = CUT_OFF
    yield desk
    desk.transactions.close()
    story.connection.close()
