"""What a table shows, in a sentence by rule: what was chosen most often, of what, and by how many."""

from collections.abc import Sequence

from analysis.figures import counted
from analysis.findings.headlines import besides_none
from analysis.findings.printed_rows import PrintedRow, PrintedRows
from analysis.measures.vocabulary import NO_OBSTACLE
from surveys.wording import Words

MOST_NAMED = 3
"""The most answers of the same number that are named; more are counted."""
QUESTION_MARKS = ("?", "؟", "？")
ENDS = (*QUESTION_MARKS, ".", "。", "។")


def most_often(heading: str, found: PrintedRows, say: Words) -> tuple[str, tuple[str, ...]]:
    """Return the sentence and the labels in it; '' and none where these readers may not know.

    “None” is told with the answer that comes next.
    """
    largest, after = found.largest, besides_none(found)
    if not largest:
        return "", ()
    share = counted(largest[0].people or 0, found.base, say)
    if [one.codes for one in largest] == [(NO_OBSTACLE,)] and 0 < len(after) <= MOST_NAMED:
        named = {"label": _quoted([largest[0]], say), "next": _quoted(after, say)}
        second = counted(after[0].people or 0, found.base, say)
        told = say(
            "most often {label}, {share}; then {next}, {second}",
            share=share,
            second=second,
            **named,
        )
        return sentence(heading, told, say), tuple(one.label for one in (*largest, *after))
    labels = tuple(one.label for one in largest)
    return sentence(heading, named_most(labels, share, say), say), labels


def named_most(labels: Sequence[str], share: str, say: Words) -> str:
    """Return that answers were given most often, each by the same share."""
    if len(labels) > MOST_NAMED:
        number = str(len(labels))
        return say("{number} answers equally often, {share} each", number=number, share=share)
    named = say.listed(say("“{label}”", label=one) for one in labels)
    if len(labels) > 1:
        return say("most often {label}, {share} each", label=named, share=share)
    return say("most often {label}, {share}", label=named, share=share)


def sentence(heading: str, told: str, say: Words) -> str:
    """Return a heading and what is told of it; after a question it begins like a sentence."""
    if heading.endswith(ENDS):
        return f"{heading} {told[:1].upper()}{told[1:]}"
    return heading + say.colon + told


def _quoted(rows: Sequence[PrintedRow], say: Words) -> str:
    return say.listed(say("“{label}”", label=one.label) for one in rows)
