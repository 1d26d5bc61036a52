"""The replies and stages of administrations as text: the part for managers."""

from dataclasses import replace

from analysis.formats import txt
from analysis.model import Report

KEPT = ("places", "stage_table")


def render(report: Report) -> bytes:
    """Return UTF-8 text of these sections alone; names appear only with permission."""
    sections = tuple(section for section in report.sections if section.key in KEPT)
    return txt.render(replace(report, in_short=(), headlines=(), sections=sections, method=()))
