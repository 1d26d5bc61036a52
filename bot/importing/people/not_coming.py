"""People of whom a list says that they do not come: by a remark, or by the line above them."""

import re

from bot.importing.people.found import OUT, People
from bot.importing.people.row_cells import DISAGREES
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.rows.rows import Row
from bot.importing.tables.headings import plain

NOT_COMING, TAKE = "not coming", "take"
WORDS = re.compile(
    r"(?:cancel+ed|withdrawn|withdrew|declined|absent(?:ees?)?|no[- ]?shows?|regrets?|apologies"
    r"|(?:did|does|will|is|was|has)?\s*not (?:attend(?:ed|ing)?|come|coming|participat(?:e|ed|ing))"
    r"|(?:on the )?wait(?:ing)?[- ]?list(?:ed)?|reserves?(?: list)?|alternates?|replaced(?: by .{1,60})?"
    r"|annulée?|désistée?|absente?s?|liste d['’]attente|ยกเลิก|ไม่มา|ขาด|สำรอง|hủy|huỷ|vắng(?: mặt)?"
    r"|取消|缺席|候补|未出席|លុបចោល|អវត្តមាន|لغو شد|غایب)\s*[:.]?",
    re.IGNORECASE,
)
"""A whole remark or line that says it."""
ATTENDED = frozenset("attended attend attendance present participated coming comes joined".split())
"""Headings of columns that say it with "no"."""


def says_so(text: str) -> bool:
    """Return whether a text says that somebody does not come."""
    return bool(WORDS.fullmatch(text.strip()))


def stays_away(people: People, row: Row, line: str) -> bool:
    """Return whether a person is left out, or asked about, for a remark or the line above."""
    said = line or _remark(row)
    answer = people.answers.get(NOT_COMING) if said else TAKE
    if answer == TAKE:
        return False
    who = ", ".join(filter(None, (row.place, row.called)))
    if answer == LEAVE_OUT:
        people.notes.append(f"{who}, was left out: {said}.")
    else:
        choices = (OUT, Choice("They take part", TAKE))
        people.ask(Question(NOT_COMING, f"{who}: '{said}'.", choices), row)
    return True


def _remark(row: Row) -> str:
    """Return what the columns that are not read say of it: a remark, or their heading with "no"."""
    for text, column in zip(row.aside, row.beside, strict=False):
        if text and says_so(text):
            return text
        if plain(column.heading) in ATTENDED and plain(text) in DISAGREES:
            return f"{column.heading}: {text}"
    return next(filter(says_so, filter(None, row.extra)), "")
