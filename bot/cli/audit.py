"""followup audit."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk, fail, moment_of
from bot.cli.printing import table, write_to
from bot.wording.days import moment_words

if TYPE_CHECKING:
    from storage.office.audit import Act
    from storage.office.audit_search import AuditFilter

ENDINGS = (".csv", ".xlsx")


@at_desk
def audit(  # noqa: PLR0913 - options of a command
    here: Desk,
    who: Annotated[str, typer.Option("--who", help="A staff code, plan, or 'command line'.")] = "",
    act: Annotated[str, typer.Option("--act", help="An act, such as 'wave opened'.")] = "",
    about: Annotated[
        list[str] | None,
        typer.Option("--about", help="The code of a workshop, a wave or a person."),
    ] = None,
    since: Annotated[
        str, typer.Option("--since", help="A day, such as '8 June', or 2018-06-08T00:00Z.")
    ] = "",
    until: Annotated[str, typer.Option("--until", help="The last day, such as '11 June'.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it to a file: .csv or .xlsx.")
    ] = None,
) -> Result:
    """Show the audit log: who did what, and when."""
    from bot.desk.office.audit_log import log_lines
    from storage.office.audit_search import AuditFilter

    begin, end = _moment(here, since, "--since", 0), _moment(here, until, "--until", 1)
    wanted = AuditFilter(who, _act(act), about or (), begin, end)
    if out is not None:
        return _written(here, wanted, out)
    found = here.database.read(log_lines, wanted)
    rows = [
        (
            moment_words(one.at, here.office.zone),
            one.who,
            one.act,
            one.about,
            ", ".join(f"{name} {number}" for name, number in one.counts.items()),
        )
        for one in found
    ]
    return Result(found, table(("when", "who", "what", "about", "counts"), rows))


def _act(typed: str) -> "Act | None":
    from storage.office.audit import Act

    known = {one.value.casefold(): one for one in Act}
    if typed and typed.casefold() not in known:
        fail(f"There is no act {typed}. These are: {', '.join(sorted(known))}.")
    return known.get(typed.casefold())


def _moment(here: Desk, text: str, option: str, days: int) -> datetime | None:
    """Return the begin of a day at the office, so many days later; or the moment that was typed."""
    from zoneinfo import ZoneInfo

    from bot.desk.waves.typed_days import past_day

    if not text:
        return None
    if "T" in text and text[:1].isdecimal():
        return moment_of(text, option)
    day: date = past_day(text, here.office.day_of(here.now), option)
    return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(here.office.zone))


def _written(here: Desk, wanted: "AuditFilter", out: Path) -> Result:
    from bot.desk.office.audit_log import LogForm, export_log

    if out.suffix.lower() not in ENDINGS:
        fail(f"{out} is neither .csv nor .xlsx.")
    made = here.act(export_log, wanted, LogForm(out.suffix[1:].lower()), here.now)
    write_to(out, made)
    return Result({"file": str(out)}, [f"Written: {out}"])
