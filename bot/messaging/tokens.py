"""The token that a button sends when it is tapped: at most 64 bytes, valid for years.

Form: a version digit, one or two letters of the action, then numbers in base 36 joined by dots. The
second letter is a capital and numbers contain none, so tokens are unambiguous. A token contains no
name and no secret: use cases check that it belongs to the person who sends it.
"""

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum, unique

VERSION = "1"
MOST_BYTES = 64
"""The messenger's limit for the data of a button, in bytes."""


@unique
class Action(StrEnum):
    """The action of a button: one letter, or a letter and a capital.

    A letter never gets a second meaning, because old messages keep their buttons for years. "B" is
    taken: it left a wave to its planned time.
    """

    PICK = "p"
    TICK = "t"
    UNTICK = "u"
    DONE = "d"
    SKIP = "s"
    KEEP = "k"
    BACK = "b"
    CHANGE = "c"
    GO = "g"
    LATER = "w"
    MENU = "m"
    ANSWERS = "a"
    PAUSE = "z"
    PAGE = "n"
    LANGUAGES = "l"
    LANGUAGE = "L"
    MY_LANGUAGES = "f"
    MY_LANGUAGE = "j"
    AGREE = "y"
    DECLINE = "x"
    STORED = "i"
    STOP = "q"
    RESUME = "r"
    CHANNELS = "e"
    CHANNEL = "h"
    MINE = "o"
    ELEARNING = "eL"
    OFFICE_WORKSHOP = "W"
    OFFICE_WAVE = "V"
    OFFICE_OPEN = "O"
    OFFICE_WHO = "H"
    OFFICE_CANCEL = "C"
    OFFICE_HOLD = "P"
    OFFICE_RELEASE = "G"
    OFFICE_ASK_CLOSE = "X"
    OFFICE_CLOSE = "N"
    OFFICE_REOPEN = "E"
    OFFICE_PLAN = "M"
    OFFICE_CONFIRM = "D"
    OFFICE_ASK_CALL_OFF = "K"
    OFFICE_CALL_OFF = "J"
    OFFICE_RESTORE = "Y"
    OFFICE_TRY = "T"
    OFFICE_TRY_QUESTIONNAIRE = "Q"
    OFFICE_PUBLISH = "U"
    OFFICE_CORRECT = "S"
    OFFICE_PLAY = "Z"
    OFFICE_ENGLISH = "A"
    OFFICE_RELINK = "I"
    OFFICE_LIST = "v"
    OFFICE_WISHES = "IW"
    OFFICE_ROOM = "WR"
    OFFICE_ROOM_MAKE = "WM"
    OFFICE_ROOM_END = "WE"
    OFFICE_TEXT_RELEASE = "TR"
    OFFICE_TEXT_WITHHOLD = "TW"
    OFFICE_TEXT_LATER = "TL"
    REPORT = "R"
    REPORT_FILE = "F"
    SURVEYS = "RA"
    SURVEY = "RS"
    SURVEY_FILE = "RF"
    OFFICE_MESSAGES = "MS"
    OFFICE_SETTLE = "ME"
    OFFICE_UNSETTLE = "MU"
    OFFICE_CASES = "MC"
    OFFICE_CASE = "MK"
    OFFICE_CASE_ASK = "MA"
    OFFICE_CASE_DO = "MD"
    OFFICE_MORE = "QM"
    REPORT_MORE = "RM"
    QUESTIONNAIRE_ASK = "QA"
    QUESTIONNAIRE_WHEN = "QB"
    QUESTIONNAIRE_ADD = "QC"
    QUESTIONNAIRE_DROP = "QD"
    QUESTIONNAIRE_AGAIN = "QE"
    OFFICE_IMPORT_UNDO = "vU"
    OFFICE_IMPORT_REDO = "vR"
    OFFICE_IMPORT_MOVE = "vM"
    OFFICE_SAME = "vS"
    CHOICES_WORKSHOP = "QF"
    CHOICES_SAVE = "QG"
    CHOICES_UNDO = "QH"
    OFFICE_MOVE_BACK = "MB"
    OFFICE_UNCONFIRM = "MV"
    OFFICE_ROOM_ASK_ALL = "MQ"
    OFFICE_ROOM_ALL = "MR"
    OFFICE_GUEST = "MG"
    OFFICE_PERSON = "PC"
    OFFICE_PERSON_ACT = "PD"
    OFFICE_OPEN_YES = "OY"
    OFFICE_BACK = "VB"
    OFFICE_BACK_YES = "VY"
    OFFICE_BACK_TELL = "VT"
    OFFICE_SKIP = "VS"
    OFFICE_DAYS = "VD"
    OFFICE_WORKSHOP_HOLD = "WH"
    OFFICE_WORKSHOP_RELEASE = "WL"
    OFFICE_ANSWERS = "YA"
    OFFICE_ANSWERS_UNDO = "YU"
    SURVEY_TRAINERS = "RT"
    SURVEY_TRAINERS_UNDO = "RU"
    OFFICE_ANCHOR_ACCEPT = "NA"
    OFFICE_ANCHOR_REJECT = "NR"
    OFFICE_ANCHOR_YES = "NY"
    OFFICE_ANCHOR_NO = "NN"
    OFFICE_ANCHOR_LATER = "NL"
    OFFICE_ANCHOR_UNDO = "NU"
    OFFICE_ANCHOR_SEEN = "NS"
    OFFICE_ANCHOR_UNSEEN = "NW"
    CORRECTION_UNDO = "QI"
    CHOICES_PUT_BACK = "QJ"
    DIGEST_ON = "DN"
    DIGEST_OFF = "DF"
    STEPS = "KS"
    STEP = "KD"
    STEP_UNDO = "KU"
    THEME_TICK = "HT"
    THEME_SAVE = "HS"
    THEME_LATER = "HL"
    THEME_UNDO = "HU"


@dataclass(frozen=True)
class Token:
    """A decoded token: the action and its numbers (case, item, option and so on)."""

    action: Action
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        text = VERSION + self.action + ".".join(_base36(number) for number in self.numbers)
        if len(text.encode()) > MOST_BYTES:
            raise ValueError(f"a button's token is longer than {MOST_BYTES} bytes: {text}")
        return text


ACTIONS = frozenset(Action)


def token(action: Action, *numbers: int) -> str:
    """Return the text of a token."""
    return str(Token(action, numbers))


def number_of(name: str) -> int:
    """Return the number of a code or a key on buttons. It stays the same whatever else there is."""
    return zlib.crc32(name.encode())


def read_token(text: str) -> Token | None:
    """Return the token of a text, or None if it has another form."""
    if len(text) > MOST_BYTES:
        return None
    found = re.fullmatch(r"1([A-Za-z][A-Z]?)((?:[0-9a-z]{1,12}(?:\.[0-9a-z]{1,12}){0,6})?)", text)
    if found is None or found[1] not in ACTIONS:
        return None
    numbers = tuple(int(part, 36) for part in found[2].split(".") if part)
    return Token(Action(found[1]), numbers)


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
        if number == 0:
            return text
