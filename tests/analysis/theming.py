"""A code book, and what readers of the office have marked with it, put into a story."""

from datetime import datetime, timedelta

from analysis.measures.own_words import fingerprint, one_line
from storage import schema
from storage.office.themes import put_theme
from storage.responses.theme_marks import MarkedText, add_marks
from surveys.theme import Content, Marks, Part, Theme
from tests.analysis.builder import READ_AT, Story

BOOK = {"targeting": "Targeting", "teaching": "Training of others", "seizures": "Seizures"}
WRITTEN_AT = READ_AT - timedelta(days=200)
EVA, FAY = "S-EVA", "S-FAY"


def write_book(story: Story, at: datetime = WRITTEN_AT) -> None:
    """The office writes three themes."""
    for code, name in BOOK.items():
        content = Content(name, f"What is done about {name.lower()}.", f"We began {name.lower()}.")
        put_theme(story.connection, Theme(code, content), EVA, at)


def retire(story: Story, code: str, at: datetime) -> None:
    """A theme is not marked any more."""
    content = Content(BOOK[code], "", "", retired=True)
    put_theme(story.connection, Theme(code, content), EVA, at)


def mark(
    story: Story,
    case: int,
    item: str,
    themes: str | None,
    by: str = EVA,
    at: datetime = READ_AT,
    part: Part = Part.READING,
) -> None:
    """Somebody marks themes in a text as it stands now; None takes the marks back."""
    answers = schema.answers
    same = (answers.c.case_id == case, answers.c.item == item)
    row = story.connection.execute(answers.select().where(*same)).one()
    text = MarkedText(case, item, fingerprint(one_line(row.value)), row.answered_at)
    found = None if themes is None else frozenset(themes.split())
    add_marks(story.connection, text, Marks(by, at, part, found))


def decide(story: Story, case: int, item: str, themes: str) -> None:
    """Somebody decides where two readers differ."""
    mark(story, case, item, themes, "S-GUS", part=Part.DECISION)
