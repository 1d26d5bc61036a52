"""The steps of a list that was sent in chat, as numbers on its buttons."""

from enum import IntEnum


class Step(IntEnum):
    """What a button under a list does: the second number of its token. None gets a new meaning."""

    WORKSHOP = 0
    ANSWER = 1
    OTHER = 2
    ADMINISTRATION = 3
    SAVE = 4
    SHOW = 5
    CANCEL = 6
    MEETINGS = 7
    COLUMNS = 8
    COLUMN = 9
    FIELD = 10
    KIND = 11
    BACK = 12
