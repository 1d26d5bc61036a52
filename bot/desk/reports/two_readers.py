"""A final report quotes only what two members of staff have read and released."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.reports.queued_texts import QueuedText, names_of_everybody, queued
from storage.database import Conflict

READERS = 2
"""How many must have read each text that a final report quotes."""


def texts_with_one_reader(
    connection: Connection, codes: Sequence[str], now: datetime
) -> list[QueuedText]:
    """Return what a report on some workshops (all if `codes` is empty) quotes that one person has read.

    They are those of the report for the office and those for readers outside it.
    """
    from analysis.facts.frames import load
    from analysis.findings.reading import read
    from analysis.measures.own_words import own_texts
    from analysis.sections.quotes import quoted

    reading = read(load(connection, list(codes) or None), now)
    texts = tuple(own_texts(reading.frames, reading.responses))
    found = [*quoted(reading, texts, outside=False), *quoted(reading, texts, outside=True)]
    few = (one for one in dict.fromkeys(each.text for each in found) if len(one.read_by) < READERS)
    names = names_of_everybody(connection)
    return [queued(one, names) for one in few]


def check_two_readers(connection: Connection, codes: Sequence[str], now: datetime) -> None:
    """Raise Conflict, with what to do, if a report would quote a text that one person alone has read."""
    few = texts_with_one_reader(connection, codes, now)
    if few:
        first = f"{few[0].case} {few[0].item}"
        listed = ", ".join(f"{one.case} {one.item}" for one in few)
        raise Conflict(
            "A final report needs two readers for each text that it quotes. "
            f"Only one has read {listed}. Let another member of staff read and release them, "
            f"under Reports, Second reading, at the desk, or with `followup words release {first}`."
        )
