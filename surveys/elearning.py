"""Progress in the e-learning before a workshop: codes, and how lists write them. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

ITEM = "elearning"
"""The question about it before the workshop."""


class Elearning(StrEnum):
    """The progress of a person; the codes of the question's options."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NO_ACCESS = "no_access"


_WRITTEN: Mapping[Elearning, str] = {
    Elearning.DONE: "done, completed, complete, finished, passed, yes, termine, acheve, 完成, 已完成",
    Elearning.IN_PROGRESS: "in progress, started, ongoing, incomplete, en cours, 进行中",
    Elearning.NOT_STARTED: "not started, not started yet, not yet, not done, no, non commence, 未开始",
    Elearning.NO_ACCESS: "no access, no account, not registered, pas d acces, 无法访问",
}
_CODES = {word.strip(): code for code, written in _WRITTEN.items() for word in written.split(",")}


def read_elearning(text: str) -> Elearning | None:
    """Return the code of what a list says, in words or percent; None if it cannot be understood."""
    percent = re.fullmatch(r"(\d{1,3})(?:[.,]\d+)? ?%", text.strip())
    if percent:
        done = int(percent[1])
        if done >= 100:
            return Elearning.DONE
        return Elearning.IN_PROGRESS if done else Elearning.NOT_STARTED
    return _CODES.get(" ".join(re.findall(r"[^\W_]+", text.casefold())))


def elearning_status(listed: str | None, told: str | None) -> Elearning | None:
    """Return the progress by the office's list and by the person's answer; None if neither says.

    "Done" by either counts: the two are of different days. Else the list counts, which comes from the
    learning platform.
    """
    known = [one for one in (listed, told) if one in set(Elearning)]
    if Elearning.DONE in known:
        return Elearning.DONE
    return Elearning(known[0]) if known else None
