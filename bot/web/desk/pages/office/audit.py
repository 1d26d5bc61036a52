"""The audit log: by person of staff, act, code and days; a page at a time, and as a file."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from bot.desk.office.audit_log import (
    COMMAND_LINE,
    PLAN,
    LogForm,
    export_log,
    names_in_log,
    search_log,
)
from bot.desk.waves.typed_days import past_day
from bot.web.desk.pages.office.common import ADMINISTRATOR, AUDIT, office_screen
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import XLSX, Download, Form, Screen, Visit, number_in
from storage.database import Conflict
from storage.office.audit import Act
from storage.office.audit_search import AuditFilter
from surveys.problems import BadInput

FIELDS = ("who", "act", "about", "since", "until")
LONGEST = 100
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Typed:
    """What the filter says: its fields as they were typed, what they mean, and what is wrong."""

    fields: dict[str, str]
    wanted: AuditFilter
    problems: tuple[str, ...] = ()


async def show(visit: Visit) -> Screen:
    """Show the page."""
    typed = _typed(visit, {name: visit.query.get(name, "") for name in FIELDS})
    before = number_in(visit.query.get("before", "")) or 0
    found = await visit.read(search_log, typed.wanted, before)
    chosen = {name: value for name, value in typed.fields.items() if value}
    data = {
        "found": found,
        "typed": typed,
        "people": await visit.read(names_in_log),
        "others": (PLAN, COMMAND_LINE),
        "acts": sorted(one.value for one in Act),
        "chosen": chosen,
        "query": urlencode(chosen),
        "older": urlencode({**chosen, "before": found.next}) if found.next else "",
        "before": before,
    }
    return office_screen(AUDIT, data)


def _typed(visit: Visit, fields: dict[str, str]) -> Typed:
    """Return what is wanted; a day that is none is said, and left out."""
    kept = {name: value.strip()[:LONGEST] for name, value in fields.items()}
    problems: list[str] = []
    since = _day(visit, kept["since"], "The first day", problems)
    until = _day(visit, kept["until"], "The last day", problems)
    act = Act(kept["act"]) if kept["act"] in set(Act) else None
    about = tuple(kept["about"].split())
    begin = _midnight(visit, since) if since else None
    end = _midnight(visit, until + timedelta(days=1)) if until else None
    return Typed(kept, AuditFilter(kept["who"], act, about, begin, end), tuple(problems))


def _day(visit: Visit, text: str, place: str, problems: list[str]) -> date | None:
    try:
        return past_day(text, visit.today, place) if text else None
    except BadInput as problem:
        problems.append(str(problem))
        return None


def _midnight(visit: Visit, day: date) -> datetime:
    return datetime.combine(day, time(), visit.zone)


async def _csv(visit: Visit, form: Form) -> Download:
    return await _file(visit, form, LogForm.CSV, CSV)


async def _xlsx(visit: Visit, form: Form) -> Download:
    return await _file(visit, form, LogForm.XLSX, XLSX)


async def _file(visit: Visit, form: Form, kind: LogForm, media_type: str) -> Download:
    typed = _typed(visit, {name: form.text(name) for name in FIELDS})
    if typed.problems:
        raise Conflict("\n".join(typed.problems))
    made = await visit.write(export_log, visit.office, typed.wanted, kind, visit.now)
    return Download(f"audit-log-{visit.today}.{kind}", made, media_type)


PAGE = DeskPage(
    AUDIT,
    ADMINISTRATOR,
    show,
    {"csv": DeskAct(ADMINISTRATOR, _csv), "xlsx": DeskAct(ADMINISTRATOR, _xlsx)},
)
