"""Shortening a text before it is released: something is left out or masked, nothing is added. Pure."""

import re
from collections.abc import Iterable

from bot.desk.reports.text_marks import Mark, MarkKind
from surveys.problems import BadInput, Problem

LEFT_OUT = "…"
MASKED = "[name]"
_MARKS = re.compile(r"…|\.\.\.|\[name\]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without spaces between words: a text may be cut between any two of them."""
_REPEATED = re.compile(r"(\[name\]|…)(?:\s+\1)+")
HOW = f"Copy the text, and put {LEFT_OUT} or {MASKED} in the place of what is left out."


def masked(text: str, marks: Iterable[Mark]) -> str:
    """Return a text without what is marked in it: names are masked, the rest is left out."""
    for mark in sorted(marks, key=lambda one: -len(one.text)):
        known = re.escape(mark.text)
        whole = known if _UNSPACED.search(mark.text) else rf"(?<!\w){known}(?!\w)"
        text = re.sub(whole, MASKED if mark.kind is MarkKind.NAME else LEFT_OUT, text)
    return _REPEATED.sub(r"\1", text)


def shortened(original: str, wanted: str) -> str:
    """Return a shorter text on one line, if it is made of the original.

    Each run of words between two marks stands in the original, in the same order, and each mark stands
    for something. Raise BadInput otherwise.
    """
    text = " ".join(wanted.split())
    if text == original:
        return text
    text = text.replace("...", LEFT_OUT)
    runs = [run.strip() for run in _MARKS.split(text)]
    if not any(any(sign.isalnum() for sign in run) for run in runs):
        raise _refused("has no word of the text.", wanted, "To keep all of it back, withhold it.")
    end = 0
    for number, run in enumerate(runs):
        start = _place(original, run, end, marked=number > 0)
        if start < 0:
            raise _refused("is not made of the text by leaving out or masking.", wanted, HOW)
        end = start + len(run)
    if len(runs) > 1 and not runs[-1] and not original[end:].strip():
        raise _refused("has a mark where nothing is left out.", wanted, HOW)
    return text


def _place(original: str, run: str, end: int, *, marked: bool) -> int:
    """Return where a run of words stands in the original at or after `end`; -1 if nowhere.

    After a mark, something must be left out before it.
    """
    if not run:
        return end
    start = original.find(run, end)
    while start >= 0:
        left_out = bool(original[end:start].strip())
        if _is_whole(original, start, start + len(run)) and (left_out or not marked):
            return start
        start = original.find(run, start + 1)
    return -1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether no word is cut at either end of a part of a text."""
    return not any(_cuts_a_word(text[place - 1 : place + 1]) for place in (start, end) if place)


def _cuts_a_word(around: str) -> bool:
    return len(around) == 2 and around.isalnum() and not _UNSPACED.search(around)


def _refused(message: str, text: str, fix: str) -> BadInput:
    return BadInput((Problem("text", "", message, text, fix),))
