"""file and image: something to show, such as the new order. What is stored says only that it was.

The file itself lies outside the database and is no answer. Where the office does not ask for files,
such a question is not asked.
"""

from surveys.items.base import Asked, Choice, Level, Misread, Shape
from surveys.questionnaire import Item
from surveys.wording import N_, Remark, Words

SHOWN = "shown"
"""The stored answer. It is the same for every file."""
SEND = Remark(
    N_("Please send a photo, a PDF or a Word file (.docx) of at most 10 MB, or tap Skip.")
)
RECEIVED = N_("file received")


class FileShown:
    names: tuple[str, ...] = ("file", "image")
    shape: Shape | None = Shape.FILE
    level = Level.NOMINAL

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return (Choice(SHOWN, N_("A file was shown")),)

    def read(self, asked: Asked, typed: str) -> str | Misread:
        return Misread(SEND)

    def shown(self, value: str, language: str) -> str:
        return Words(language)(RECEIVED)
