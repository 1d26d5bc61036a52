"""The lines of a table as respondents: one a line in a wide table, several lines in a long one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import pairwise

from bot.importing.answers.layout import Layout
from bot.importing.answers.moments import moment_of
from bot.importing.answers.rows import Line
from bot.importing.answers.targets import IDENTITY, OTHER, Tick, Whole
from bot.importing.answers.told import Earlier, Told
from bot.importing.answers.values import ValueReader, Values
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay
from surveys.items import type_of
from surveys.items.base import Shape

QUESTION = "question "
"""The beginning of the key of an answer that names the question of a word of a long table."""
MOST_CHOICES = 8


@dataclass
class Respondents:
    """Reads the lines of one table; dates have one order and one time zone.

    `default` is when answers were given without a date of their own.
    """

    layout: Layout
    reader: ValueReader
    order: str
    zone: tzinfo
    default: datetime | None
    now: datetime

    def read(self, lines: list[Line]) -> list[Told]:
        """Return the respondents with at least one answer."""
        found = self._long(lines) if self.layout.is_long else map(self._wide, lines)
        return [one for one in found if one is not None and one.given]

    def _who(self, line: Line) -> dict[str, str]:
        texts = {key: line.at(self.layout.of(key)).text for key in IDENTITY}
        return {key: text for key, text in texts.items() if text}

    def _at(self, line: Line) -> datetime | None:
        """Return when a line was answered; None, reported, if that is not known."""
        column = self.layout.of("date")
        cell = line.at(column)
        if not cell.text:
            return self.default or self.now
        try:
            at = moment_of(cell, self.order, self.zone)
        except NoDay as error:
            self.reader.reading.error(line.row.place, str(error), cell.text, "Write 2018-06-08.")
            return None
        if at > self.now:
            self.reader.reading.error(line.row.place, "is a day to come.", cell.text)
            return None
        return at

    def _administration(self, line: Line) -> str:
        return line.at(self.layout.of("administration")).text

    def _wide(self, line: Line) -> Told | None:
        at = self._at(line)
        if at is None:
            return None
        values: Values = {}
        ticks: dict[str, Values] = {}
        for number, target in self.layout.columns.items():
            if isinstance(target, Whole):
                values |= self.reader.whole(line.row, target.item, line.at(number))
            elif isinstance(target, Tick):
                group = ticks.setdefault(target.item, {})
                ticked, text = self.reader.tick(line.row, *_place(target), line.at(number))
                group |= {target.option: text} if ticked else {}
        if values or any(ticks.values()):
            values |= self._ticked(ticks)
        row = line.row
        place = self._administration(line)
        return Told(row.number, row.place, self._who(line), values, at, at, place)

    def _ticked(self, ticks: dict[str, Values]) -> Values:
        found: Values = {}
        for item, group in ticks.items():
            found[item] = self.reader.words(item).stored(group)
            if group.get(OTHER):
                found[f"{item}_{OTHER}"] = group[OTHER]
        return found

    def _long(self, lines: list[Line]) -> Iterator[Told | None]:
        groups: dict[tuple[str, ...], list[Line]] = {}
        for line in lines:
            key = tuple(self._who(line).values()) or (
                line.at(self.layout.of("respondent")).text or str(line.row.number),
            )
            groups.setdefault(key, []).append(line)
        for group in groups.values():
            yield self._one(group)

    def _one(self, group: list[Line]) -> Told | None:
        """Return one respondent of a long table: of each question the latest answer."""
        told: dict[str, dict[datetime, list[Line]]] = {}
        for line in group:
            at, item = self._at(line), self._item(line)
            if at is not None and item is not None:
                told.setdefault(item, {}).setdefault(at, []).append(line)
        if not told:
            return None
        values: Values = {}
        moments: dict[str, datetime] = {}
        earlier: list[Earlier] = []
        for item, by_moment in told.items():
            given = [(at, self._value(item, these)) for at, these in sorted(by_moment.items())]
            said = [(at, value) for at, value in given if value]
            if not said:
                continue
            for (at, value), (later, _) in pairwise(said):
                earlier.append(Earlier(item, value.get(item, ""), at, later))
            values |= said[-1][1]
            moments |= dict.fromkeys(said[-1][1], said[-1][0])
        every = list(moments.values()) or [self.now]
        row, place = group[0].row, self._administration(group[0])
        who = self._who(group[0])
        first, last = min(every), max(every)
        return Told(
            row.number, row.place, who, values, last, first, place, moments, tuple(earlier)
        )

    def _value(self, item: str, lines: list[Line]) -> Values:
        """Return what lines of one moment say to a question; an exact repeat is told and left."""
        column = self.layout.of("answer")
        cells: dict[str, Cell] = {}
        for line in lines:
            cell = line.at(column)
            if cell.text in cells:
                note = self.reader.reading.warning
                note(line.row.place, "repeats an answer and is left out.", cell.text)
            cells[cell.text] = cell
        if type_of(self.reader.finder.items[item].type).shape is Shape.PICK_MANY:
            return self.reader.several(item, cells)
        if len(cells) > 1:
            words = " and ".join(f'"{text}"' for text in cells)
            message = f"has two answers to {item} of the same moment: {words}."
            self.reader.reading.error(lines[-1].row.place, message, fix="Keep one of them.")
        return self.reader.whole(lines[0].row, item, next(iter(cells.values())))

    def _item(self, line: Line) -> str | None:
        """Return the question that a line of a long table answers; None if it is left out or asked."""
        word = line.at(self.layout.of("question")).text
        finder, answers = self.reader.finder, self.reader.answers
        key = f"{QUESTION}{word}"
        answer = answers.get(key, "")
        if answer in finder.items:
            return answer
        found = finder.item_named(word)
        if found is None and answer != LEAVE_OUT and word:
            choices = [Choice(name, name) for name in finder.items][:MOST_CHOICES]
            text = f'Which question is "{word}" ({line.row.place})?'
            leave = Choice("Leave out", LEAVE_OUT)
            more = len(finder.items) > MOST_CHOICES
            self.reader.questions[key] = Question(key, text, (*choices, leave), any_words=more)
        return found


def _place(target: Tick) -> tuple[str, str]:
    return target.item, target.option
