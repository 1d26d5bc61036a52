"""Codes: strips to cut, or a list, for those who have not joined yet. The same codes as before."""

import asyncio
import csv
import io
from collections.abc import Sequence
from contextlib import suppress

from bot.desk.people.joining_codes import (
    Asked,
    CodeSheet,
    GivenCode,
    make_codes,
    store_codes,
)
from bot.desk.workshops.code_sheets import chat_link, draw_sheet, sheet_title
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Choice, Done, Download, Field, Form, Panel, Screen, Visit
from bot.wording.counts import counted
from storage.database import Conflict
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.people.administrations import administration_names
from surveys.formulas import escaped

ALL = ""
MOST_TO_CHOOSE = 200
"""Of how many people one is chosen by name; of more, the code of the person is typed."""
HEADING = ("name", "administration", "code", "link", "page")


async def show(visit: Visit) -> Screen:
    """Show who has not joined, and what a sheet would contain."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    sheet = await _sheet(visit, Asked(workshop.code))
    places = await visit.read(administration_names)
    blocked = sorted({places[one.administration] for one in sheet.given if one.blocked})
    data = {
        "workshop": workshop,
        "given": sheet.given,
        "most": MOST_TO_CHOOSE,
        "new": sum(1 for one in sheet.made if one.seed),
        "unseen": sheet.unseen,
        "blocked": blocked,
        "places": places,
        "page": visit.office.public_url is not None,
        "bot": visit.office.bot,
    }
    return Screen("codes.html", f"Codes for {workshop.title}", data)


async def _sheet(visit: Visit, asked: Asked) -> CodeSheet:
    """Return the codes that would be given. The key is a file, which is read outside the database."""
    key = await asyncio.to_thread(visit.codes_key)
    return await visit.read(make_codes, visit.office, key, asked, visit.now)


async def _write(visit: Visit, form: Form) -> Done | Download:
    """Draw the sheet, store its new codes, and give the file."""
    asked = Asked(visit.place["code"], form.text("person").upper())
    with suppress(Conflict):
        return await _given(visit, form, asked)
    # A colleague gave codes at the same moment: now those are the ones to print.
    return await _given(visit, form, asked)


async def _renew(visit: Visit, form: Form) -> Done | Download:
    asked = Asked(visit.place["code"], form.text("person").upper(), renew=True)
    return await _given(visit, form, asked)


async def _given(visit: Visit, form: Form, asked: Asked) -> Done | Download:
    """Draw the sheet as long work: a sheet of hundreds takes a while."""
    sheet = await _sheet(visit, asked)
    if not sheet.made:
        raise Conflict("Everybody on the list has joined: there is no code to give.")
    title = await visit.read(sheet_title, asked.workshop)
    as_list = form.text("as") == "list"
    ending, kind = ("csv", "text/csv; charset=utf-8") if as_list else ("pdf", "application/pdf")

    async def work(told: Told) -> Finished:
        draw = _listed if as_list else _strips
        content = await asyncio.to_thread(draw, visit, title, sheet.given)
        told.tell(len(sheet.given), len(sheet.given))
        await visit.write(store_codes, visit.office, asked.workshop, sheet, visit.now)
        name = f"codes-{asked.workshop}-CONFIDENTIAL.{ending}"
        said = counted(len(sheet.given), "code is", "codes are") + " in the file."
        return Finished(said, file=Download(name, content, kind))

    about = " ".join(filter(None, (asked.workshop, asked.person, "new" * asked.renew, ending)))
    return await start(visit, JobKind.CODES, about, f"/workshops/{asked.workshop}/codes", work)


def _strips(visit: Visit, title: str, given: Sequence[GivenCode]) -> bytes:
    return draw_sheet(title, given, visit.office.bot, visit.now)


def _listed(visit: Visit, _title: str, given: Sequence[GivenCode]) -> bytes:
    text = io.StringIO()
    bot = visit.office.bot
    rows = [
        (one.name, one.administration, one.code, chat_link(bot, one.code), one.page)
        for one in given
    ]
    csv.writer(text).writerows([HEADING, *([escaped(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


async def _ask_renew(visit: Visit, form: Form) -> Panel:
    person = form.text("person").upper()
    sheet = await _sheet(visit, Asked(visit.place["code"], person, renew=True))
    ending = counted(sheet.ending, "unused code ends", "unused codes end")
    lines = (f"{ending}, on paper too. This cannot be undone.",)
    who = _who(person, sheet.given)
    kinds = (Choice("strips", "Strips to cut (PDF)"), Choice("list", "A list (CSV)"))
    way = Field("as", "As", "radio", "strips", choices=kinds, required=True)
    return Panel("New codes?", "Make new codes", lines, (who, way), final=True, grown=bool(person))


def _who(person: str, given: Sequence[GivenCode]) -> Field:
    if len(given) > MOST_TO_CHOOSE:
        hint = "The code of a person. Empty: all who have not joined."
        return Field("person", "For whom?", value=person, hint=hint)
    people = tuple(Choice(one.participant, one.name) for one in given)
    choices = (Choice(ALL, "All who have not joined"), *people)
    return Field("person", "For whom?", "select", person, choices=choices)


PAGE = DeskPage(
    "/workshops/{code}/codes",
    StaffRole.ORGANISER,
    show,
    {
        "write": DeskAct(StaffRole.ORGANISER, _write),
        "renew": DeskAct(StaffRole.ORGANISER, _renew, _ask_renew),
    },
)
