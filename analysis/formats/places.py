"""How the administrations replied and where they stand, as text: the part a manager asks for by name."""

from dataclasses import replace

from analysis.formats import txt
from analysis.model import Report

KEPT = ("places", "stage_table")


def render(report: Report) -> bytes:
    """UTF-8 text of these sections alone; names stand there only with permission."""
    sections = tuple(section for section in report.sections if section.key in KEPT)
    return txt.render(replace(report, in_short=(), headlines=(), sections=sections, method=()))
