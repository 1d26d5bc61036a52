"""Files of anchors at the desk: added to a claim, saved to be read, removed. None is shown on a page."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from analysis.measures.anchor_statuses import CODES
from bot.desk.reports import evidence
from bot.desk.reports.verification import Inspection
from bot.filing.keeping import remove_forgotten
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Download, Field, Form, Panel, Undo, Visit, number_in
from storage.database import Conflict
from storage.office.staff import StaffRole
from storage.responses.shown_files import CLAIM, ShownFile
from surveys.problems import BadInput, Problem

ADDRESS = "/reports/anchors"


def claim_of(form: Form) -> tuple[int, str]:
    """Return the case and the anchor that a form names. Raise Conflict for no anchor."""
    anchor = form.text("anchor")
    if anchor not in CODES:
        raise Conflict("There is no such anchor.")
    return form.number("case"), anchor


async def _ask_file(visit: Visit, form: Form) -> Panel:
    case, anchor = claim_of(form)
    hint = f"PDF, JPEG, PNG or Word (.docx), at most {evidence.MEGABYTES} MB."
    fields = (
        Field("file", "File", "file", hint=hint, required=True),
        Field("how", "What it is", hint="Such as: Order 45 of 2018."),
    )
    lines = (
        "It makes the anchor one whose document the office has seen, in the next version.",
        "The file is in no report. It is kept until it is removed, or the person is erased.",
    )
    hidden = (("case", str(case)), ("anchor", anchor))
    return Panel(f"Add a file to {anchor}, case {case}?", "Add it", lines, fields, hidden)


async def _add_file(visit: Visit, form: Form) -> Done:
    """Confirm an anchor with a file."""
    sent = form.files.get("file")
    if sent is None:
        raise BadInput((Problem("The file", "", "is missing.", fix="Choose one."),))
    seen = Inspection(visit.member.label or visit.member.code, form.text("how"))
    given = (visit.office, claim_of(form), seen, sent.content, visit.now)
    turns = visit.transactions.turns
    done = await asyncio.to_thread(evidence.confirm_with_file, turns, *given)
    return Done(done.said, (file_back(done.number),) if done.changed else ())


def file_back(number: int) -> Undo:
    """Return what removes a file that was added to an anchor."""
    return Undo(ADDRESS, "file-away", (("number", str(number)),))


async def _ask_away(visit: Visit, form: Form) -> Panel:
    number = form.named("number")
    lines = ("It cannot be brought back: open it first if you need a copy.",)
    hidden = (("number", str(number)),)
    return Panel(f"Remove file {number}?", "Remove it", lines, hidden=hidden, final=True)


async def _file_away(visit: Visit, form: Form) -> Done:
    """Remove a file of an anchor."""
    number = form.named("number")
    done = await visit.write(evidence.remove_evidence, visit.office, number, visit.now)
    with suppress(OSError):
        await asyncio.to_thread(remove_forgotten, visit.transactions.turns, visit.office)
    return Done(done.said)


async def open_shown(visit: Visit) -> Download:
    """Give a file to be saved, after that it was opened is in the audit log."""
    given = (visit.office, number_in(visit.place["number"]) or 0, visit.now)
    turns = visit.transactions.turns
    opened = await asyncio.to_thread(evidence.open_file, turns, *given)
    return Download(opened.name, opened.content, opened.media_type)


def files_by_claim(files: Sequence[ShownFile]) -> dict[tuple[int, str], list[ShownFile]]:
    """Return the files that the office has seen, by the case and the anchor."""
    seen: dict[tuple[int, str], list[ShownFile]] = {}
    for one in files:
        if one.about == CLAIM:
            seen.setdefault((one.case_id, one.item), []).append(one)
    return seen


FILE_ACTS = {
    "file": DeskAct(StaffRole.ORGANISER, _add_file, _ask_file, file=True, large=True),
    "file-away": DeskAct(StaffRole.ORGANISER, _file_away, _ask_away),
}
FILE_PAGE = DeskPage("/reports/{code}/files/{number}", StaffRole.ORGANISER, open_shown)
