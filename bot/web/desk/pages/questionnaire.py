"""A questionnaire: its versions, where it is asked, its texts in two languages, and its files."""

import asyncio

from bot.desk.questionnaires.listing import changes_between, versions_of
from bot.desk.questionnaires.paper import draw_form
from bot.desk.questionnaires.publishing import named, publish_again
from bot.desk.questionnaires.putting_back import put_correction_back, reach_of_texts_back
from bot.desk.questionnaires.side_by_side import side_by_side
from bot.desk.questionnaires.uses import uses_of
from bot.desk.today.lately import done_about
from bot.web.desk.pages import asking
from bot.web.desk.pages.draft import KEEP, corrected_back, published
from bot.web.desk.pages.lately import undo_of, why_not
from bot.web.desk.pages.questionnaires import questionnaire_address
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import XLSX, Done, Download, Form, Panel, Screen, Visit, number_in
from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.office.staff import StaffRole
from surveys.authoring.differences import Difference
from surveys.bidi import direction
from surveys.names import language_name
from surveys.questionnaire import Questionnaire
from surveys.xlsform.writing import write_xlsform

ORGANISER = StaffRole.ORGANISER


async def show(visit: Visit) -> Screen:
    """Show the newest version, or the one that the query names."""
    last = await newest_of(visit)
    shown = await _version(visit, last)
    one = _language(shown, visit.query.get("one", ""), shown.default_language)
    other = _language(shown, visit.query.get("other", ""), _other(shown, one))
    data = {
        "showing": shown,
        "last": last,
        "versions": await visit.read(versions_of, last.key),
        "changes": await _changes(visit, shown, last),
        "uses": await visit.read(uses_of, visit.office, last.key, visit.now),
        "texts": side_by_side(shown, one, other),
        "one": one,
        "other": other,
        "languages": [(code, language_name(code)) for code in shown.languages],
        "language_name": language_name,
        "direction": direction,
        "history": await visit.read(done_about, last.key),
        "undo_of": undo_of,
        "why_not": why_not,
        "play": f"{questionnaire_address(last.key)}/play",
    }
    title = f"{shown.text(shown.title, 'en')} ({named(shown)})"
    return Screen("questionnaire.html", title, data)


async def newest_of(visit: Visit) -> Questionnaire:
    """Return the newest version of the questionnaire of the address."""
    key = visit.place["key"].upper()
    found = await visit.read(newest, key)
    if found is None:
        raise NotFound(f"There is no questionnaire {key}.")
    return found


async def _version(visit: Visit, last: Questionnaire) -> Questionnaire:
    asked = number_in(visit.query.get("version", ""), 6)
    if asked is None:
        return last
    return await visit.read(get_questionnaire, last.key, asked)


async def _changes(
    visit: Visit, shown: Questionnaire, last: Questionnaire
) -> tuple[Difference, ...]:
    """Return what changed from an earlier version to the newest."""
    if shown.version == last.version:
        return ()
    return await visit.read(changes_between, last.key, shown.version, last.version)


def _language(questionnaire: Questionnaire, asked: str, otherwise: str) -> str:
    return asked if asked in questionnaire.languages else otherwise


def _other(questionnaire: Questionnaire, one: str) -> str:
    """Return a language to show beside another, the same if there is no other."""
    return next((code for code in questionnaire.languages if code != one), one)


async def _ask_again(visit: Visit, form: Form) -> Panel:
    last = await newest_of(visit)
    number = form.named("version")
    changes = await visit.read(changes_between, last.key, last.version, number)
    uses = await visit.read(uses_of, visit.office, last.key, visit.now)
    lines = (*(str(one) for one in changes[:20]), *uses.lines, KEEP)
    hidden = (("version", str(number)), ("over", str(last.version)))
    return Panel(f"Publish version {number} again?", "Publish it", lines, hidden=hidden)


async def _again(visit: Visit, form: Form) -> Done:
    key, version = visit.place["key"].upper(), form.named("version")
    over = form.named("over")
    return published(await visit.write(publish_again, visit.office, key, version, visit.now, over))


async def _ask_texts_back(visit: Visit, form: Form) -> Panel | None:
    """Ask where people see the texts; else nothing is changed."""
    key, number = visit.place["key"].upper(), form.named("change")
    lines = await visit.read(reach_of_texts_back, visit.office, key, number, visit.now)
    hidden = (("change", str(number)),)
    question = "Put the earlier texts back in open interviews too?"
    return Panel(question, "Put them back", lines, hidden=hidden) if lines else None


async def _texts_back(visit: Visit, form: Form) -> Done:
    named = (visit.place["key"].upper(), form.named("change"))
    done = await visit.write(put_correction_back, visit.office, *named, visit.now)
    return corrected_back(done)


async def _paper(visit: Visit, form: Form) -> Download:
    """Draw the form to be printed, for a workshop if one is named."""
    last = await newest_of(visit)
    language = _language(last, form.text("language"), last.default_language)
    code = form.text("workshop").upper()
    workshop = await visit.read(get_workshop, code) if code else None
    content = await asyncio.to_thread(draw_form, last, language, workshop, visit.now)
    return Download(f"{last.key}-{language}.pdf", content, "application/pdf")


async def _xlsx(visit: Visit, form: Form) -> Download:
    """Write the version as a form for Excel, ODK and Kobo."""
    last = await newest_of(visit)
    number = form.number("version") or last.version
    found = await visit.read(get_questionnaire, last.key, number)
    content = await asyncio.to_thread(write_xlsform, found)
    return Download(f"{found.key}-version-{found.version}.xlsx", content, XLSX)


PAGE = DeskPage(
    "/questionnaires/{key}",
    ORGANISER,
    show,
    {
        "again": DeskAct(ORGANISER, _again, _ask_again),
        "texts-back": DeskAct(ORGANISER, _texts_back, _ask_texts_back),
        "paper": DeskAct(ORGANISER, _paper),
        "xlsx": DeskAct(ORGANISER, _xlsx),
        **asking.ACTS,
    },
)
