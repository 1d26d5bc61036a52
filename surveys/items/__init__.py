"""The registry of item types. To add one: write its module, add its line to `TYPES`."""

from surveys.items.base import ItemType
from surveys.items.calculate import Calculate
from surveys.items.day import Day
from surveys.items.file_shown import FileShown
from surveys.items.note import Note
from surveys.items.number import Number
from surveys.items.open_text import OpenText
from surveys.items.pick_many import PickMany
from surveys.items.pick_one import PickOne
from surveys.items.rating import Rating

TYPES: tuple[ItemType, ...] = (
    PickOne(),
    PickMany(),
    Rating(),
    Number(),
    Day(),
    OpenText(),
    Note(),
    FileShown(),
    Calculate(),
)

BY_NAME: dict[str, ItemType] = {name: kind for kind in TYPES for name in kind.names}


def type_of(name: str) -> ItemType:
    """Return the item type with an XLSForm name; KeyError for names that authoring refuses."""
    return BY_NAME[name]
