"""Cells that say several things of one person, taken apart: name and post, address and telephone.

Pure. What is not certain stays as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.importing.people.names import read_name
from bot.importing.rows.rows import Row
from bot.importing.tables.addresses import is_email
from bot.importing.tables.cells import Cell
from bot.importing.tables.headings import plain

BRACKETS = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]")
SEPARATORS = re.compile(r"[\s/;,|]+")
PHONE = re.compile(r"\+?[\d.()\-]{1,20}|tel\.?:?|phone:?|mobile:?|mob\.?:?|cell:?", re.IGNORECASE)
FEWEST_DIGITS = 6
POSTS = frozenset(
    "officer director deputy commissioner assistant chief head manager inspector superintendent "
    "secretary analyst examiner controller comptroller collector attache trainer adviser advisor "
    "supervisor specialist engineer lawyer counsellor auditor agent section unit division".split()
)
"""Words of posts that stand behind a comma after a name."""
BESIDE = frozenset("title position designation rank post function".split())
"""Words of a heading that say what else stands in a cell of names."""
TWO = re.compile(
    r"\S+\s+\S*\w\w\s*[/;]\s*\w\w\S*\s+\S+|\S+(?:\s+\S+)*(?:\s*[&+]\s*|\s+(?:and|AND)\s+)\S+(?:\s+\S+)*"
)
"""Names of two people; a slash also stands in one name, as in "Siva s/o Raman"."""
PARTED = re.compile(r"[/;&+]|\s(?:and|AND)\s")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
IsPlace = Callable[[str], bool]


def parted(row: Row, is_place: IsPlace) -> Row:
    """Return a row whose cells each say one thing: title, name, administration, address, telephone."""
    cells = dict(row.cells)
    _part_address(cells)
    _part_name(cells, row.labels.get("name", ""), is_place)
    title = _text(cells, "honorific")
    named = next((key for key in ("name", "given") if _text(cells, key)), "")
    if title and named:
        cells[named] = replace(cells[named], text=f"{title} {_text(cells, named)}")
    return replace(row, cells=cells) if cells != row.cells else row


def names_two(cell: Cell) -> bool:
    """Return whether a cell has the names of two people: "Ann Vea / Ben Oti"."""
    if len(cell.lines) > 1 and all(read_name(line).title for line in cell.lines):
        return True
    name = _first_name(cell)
    return bool(TWO.fullmatch(name)) and all(map(_has_letter, PARTED.split(name)))


def _has_letter(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def may_name_two(name: Cell, email: str) -> bool:
    """Return whether a cell may have two names: on two lines, or with two addresses at a comma."""
    one, *others = name.lines or (name.text,)
    if not others and email.count("@") > 1:
        one, _, second = one.partition(",")
        others = [second]
    return any(map(_is_whole, others)) and _is_whole(one)


def _is_whole(text: str) -> bool:
    """Return whether a text may be a whole name: two words that begin with a capital, and no post."""
    name = read_name(text.strip()).name
    words = name.split()
    return len(words) > 1 and all(one[:1].isupper() for one in words) and not _is_beside(text)


def _first_name(cell: Cell) -> str:
    """Return the first name of a cell, without a post or an administration."""
    first = BRACKETED.sub("", cell.lines[0] if cell.lines else cell.text)
    name, comma, post = first.partition(",")
    return (name if comma and _has_post(post) else first).strip(" ;")


def _part_name(cells: dict[str, Cell], heading: str, is_place: IsPlace) -> None:
    cell = cells.get("name", Cell())
    first, *others = cell.lines or (cell.text,)
    if others and not (set(plain(heading).split()) & BESIDE or any(map(_is_beside, others))):
        first, others = cell.text, []  # a long name on two lines
    for line in others:
        _take_line(cells, line)
    name, comma, post = first.partition(",")
    if comma and _has_post(post):
        first = name
    first = first.rstrip(" ;")
    brackets = BRACKETS.fullmatch(first)
    if brackets and is_place(brackets[2]):
        first = brackets[1]
        if not _text(cells, "administration"):
            cells["administration"] = Cell(brackets[2])
    if first != cell.text:
        cells["name"] = replace(cell, text=first.strip(" ,;"), lines=())


def _is_beside(line: str) -> bool:
    """Return whether a further line of a name is a post, an address or a telephone number."""
    return bool(is_email(line)) or _is_phone(line) or _has_post(line)


def _has_post(text: str) -> bool:
    return bool(POSTS & set(re.findall(r"[a-z]+", text.casefold())))


def _take_line(cells: dict[str, Cell], line: str) -> None:
    """Take an address or a telephone number from a further line of a name."""
    if is_email(line) and not _text(cells, "email"):
        cells["email"] = Cell(line)
    elif _is_phone(line) and not _text(cells, "phone"):
        cells["phone"] = Cell(line)


def _part_address(cells: dict[str, Cell]) -> None:
    """Part an address from the telephone number in its cell."""
    cell = cells.get("email", Cell())
    if not cell.text or is_email(cell.text):
        return
    parts = [part for part in SEPARATORS.split(cell.text) if part]
    addresses = [part for part in parts if "@" in part]
    others = [part for part in parts if "@" not in part]
    if not all(PHONE.fullmatch(part) for part in others) or len(addresses) > 1 or not others:
        return
    cells["email"] = replace(cell, text="".join(addresses), lines=())
    number = " ".join(part for part in others if re.search(r"\d", part))
    if _is_phone(number) and not _text(cells, "phone"):
        cells["phone"] = Cell(number)


def _is_phone(text: str) -> bool:
    parts = [part for part in SEPARATORS.split(text) if part]
    digits = len(re.sub(r"\D", "", text))
    return digits >= FEWEST_DIGITS and all(PHONE.fullmatch(part) for part in parts)


def _text(cells: dict[str, Cell], name: str) -> str:
    return cells.get(name, Cell()).text
