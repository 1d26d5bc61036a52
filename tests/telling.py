"""How much reports for readers outside still tell: `make telling` prints it for each set of a demo.

A question counts if five people or more answered it. It tells something if one of its rows has a
count, or says that nearly all chose it. A cell is an option with a row of its own, or in a class of a
scale. What is won by merging everything tells of few questions, so both shares are printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.disclosure.crowds import replied
from analysis.disclosure.question import Kind, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.frames import Frames, load
from analysis.findings.reading import read_outside
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import compose
from bot.demo.show import DATABASE
from bot.demo.year import ENDS
from storage.database import Database
from tests.demo_folder import demo_folder


@dataclass(frozen=True)
class Told:
    """Of one set: questions and those that tell something, cells and those that are shown."""

    questions: int
    telling: int
    cells: int
    shown: int

    def text(self) -> str:
        """Return both shares in words."""
        questions = _share(self.telling, self.questions)
        return f"{questions} questions   {_share(self.shown, self.cells)} cells"


def _share(part: int, whole: int) -> str:
    return f"{part:4} of {whole:4} ({100 * part // max(whole, 1):3} %)"


def told(frames: Frames, codes: list[str] | None) -> Told:
    """Return what the report on some workshops (all if None) tells of its questions."""
    reading = read_outside(frames, codes, ENDS)
    assert reading is not None
    assert reading.published is not None
    compose(reading, Wishes("good_practice"))
    own = reading.published.own
    found = [
        (question, tables.get(own, ()))
        for question, tables in reading.published.questions()
        if own in question.crowds and _answered(question, own) >= SMALLEST
    ]
    return Told(
        questions=len(found),
        telling=sum(any(_tells(row) for row in rows) for _, rows in found),
        cells=sum(len(question.options) for question, _ in found),
        shown=sum(len({*_cells(question, rows)}) for question, rows in found),
    )


def _answered(question: Question, key: str) -> int:
    return len(replied(one for one in question.crowds[key].values() if one.codes))


def _tells(row: Row) -> bool:
    return row.telling is not Telling.NOTHING


def _cells(question: Question, rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield the options that are shown."""
    for row in rows:
        if _tells(row) and (len(row.codes) == 1 or question.kind is Kind.ORDERED):
            yield from (code for code in row.codes if code in question.options)


def sets(frames: Frames) -> dict[str, list[str] | None]:
    """Return the sets of workshops on which outside readers get reports, largest first."""
    workshops = [str(code) for code in frames.workshops["code"]]
    found: dict[str, list[str] | None] = {"all workshops": None}
    for code, donors in zip(workshops, frames.workshops["donors"], strict=True):
        for donor in donors:
            found[donor] = [*(found.get(donor) or ()), code]
    return found | {code: [code] for code in workshops}


def main(folder: Path) -> None:
    """Print what each set of a demo tells."""
    database = Database(f"sqlite:///{folder / DATABASE}")
    frames = database.read(load, None)
    database.close()
    for name, codes in sets(frames).items():
        print(f"{name:14} {told(frames, codes).text()}", flush=True)


if __name__ == "__main__":
    main(demo_folder(__doc__))
