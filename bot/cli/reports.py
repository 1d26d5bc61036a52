"""followup report, followup report status, followup report verify."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli.common import Codes, Config, Desk, Json, Result, at_desk, opened
from bot.cli.endings import form_of
from bot.cli.printing import show, write_to
from bot.cli.report_options import Audience, Donor, Form, Scope, Year, wishes_of
from bot.cli.report_versions import sentences, told
from bot.desk.reports.choices import (
    BESIDE,
    NEWSLETTER,
    Wishes,
    audiences,
    file_name,
    is_confidential,
    suffix,
)
from surveys.report_status import LEVELS, STATUSES

READABLE = ("txt", "json", "newsletter", "caption", "places")
"""Forms that can be printed in a terminal; the others need a file."""

STATISTICS = ("txt", "json", "xlsx", "pdf", "full", "html", "docx", "pptx")
"""Forms that statistics of a year can have; the others are made of answers."""


NOTHING: Mapping[str, bytes] = {}
OF_A_YEAR = ("staff", "good_practice")
"""Who gets a report on a fiscal year."""


class Reports(TyperGroup):
    """`report CODE` writes a report, `report status` says how far one is, `report verify` checks it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Treat what is no command of the group as arguments of `write`."""
        if not args or args[0] not in self.commands:
            args = ["write", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=Reports)


@app.callback()
def reports() -> None:
    """Write reports of the results of workshops, show how far they are, and check them."""


@app.command("write", epilog="How far a report is and who may read it: `followup report status`.")
def report(  # noqa: PLR0913 - one parameter for each option
    codes: Codes = None,
    form: Form = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    audience: Audience = "staff",
    donor: Donor = "",
    fiscal_year: Year = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Write a report of the results of workshops, or with --fiscal-year on a whole year."""
    from bot.desk.reports.reporting import reports_of as write_reports

    form = form_of(form, out, as_json)
    check_form(form, out, file_name(" ".join(codes or ["all"]), form, wishes_of(audience)))
    with opened(config) as here:
        wishes = wishes_of(audience, here.settings.office.contact)
        wishes = replace(wishes, donor=donor, fiscal_year=fiscal_year)
        codes = here.code_of(codes)
        _check_together(wishes, codes or [], form)
        wanted = (form, *BESIDE) if form == NEWSLETTER and out else (form,)
        made = write_reports(here.database, here.office, codes or [], wanted, here.now, wishes)
    content = made.pop(form)
    deliver(content, out, wishes, as_json, made)


def deliver(
    content: bytes,
    out: Path | None,
    wishes: Wishes,
    as_json: bool,
    beside: Mapping[str, bytes] = NOTHING,
) -> None:
    """Print a report, or write it into a file, with files of other forms beside it, and say so."""
    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    files = {out: content} | {out.with_suffix(f".{suffix(one)}"): beside[one] for one in beside}
    for file, made in files.items():
        write_to(file, made)
    data = {"file": str(out)} | ({"beside": [*map(str, [*files][1:])]} if beside else {})
    written = [f"Written: {file}" for file in files]
    show(data, [*written, *_warning(out, wishes)], as_json)


def check_form(form: str, out: Path | None, name: str) -> None:
    """Refuse a form that a terminal cannot show, with the file that it needs."""
    if out is None and form not in READABLE:
        raise typer.BadParameter(f"A {form} report needs a file: --out {name}")


def _warning(out: Path, wishes: Wishes) -> list[str]:
    """Return that a file is for the office alone, where its name does not say so."""
    if wishes.outside or is_confidential(out.name):
        return []
    return ["It is CONFIDENTIAL, for the office alone, and its name does not say so."]


@app.command()
@at_desk
def status(
    here: Desk,
    scope: Scope,
    wanted: Annotated[str | None, typer.Argument(help=f"One of {', '.join(STATUSES)}.")] = None,
    level: Annotated[
        str | None, typer.Option("--for", help=f"Who may read it: {', '.join(LEVELS)}.")
    ] = None,
) -> Result:
    """Show or set how far a report is, and with it what readers outside the office get.

    draft: they get nothing.

    presented: they get a version with the waves that are over. Its files stay.
    Presented again, it is the next version if five people or more of a wave, of
    three administrations, came, went or said something else, or if the next steps
    or recommendations have changed.

    final: the version that was presented stays for ever.

    The office itself gets everything until now, whatever the status. Only the
    statistics of a year (FY2017), for the office, keep their figures when final.
    What readers outside the office get of a year is its Good Practice Report.
    """
    from bot.desk.reports.report_status import get_status, set_status

    if wanted is None:
        stood = here.database.read(get_status, scope)
    else:
        stood = set_status(here.database, here.office, scope, (wanted, level), here.now)
    data = {
        "scope": stood.scope,
        "standing": stood.report_status,
        "waves": stood.waves,
        "changed": stood.changed,
    }
    return Result(data, sentences(stood, wanted, here.office.zone))


@app.command()
@at_desk
def verify(here: Desk, scope: Scope) -> Result:
    """Check what readers outside the office got: files and figures, with the answers as they are now.

    Exit code 2 if a stored file was altered, or figures differ although nobody was erased since.
    """
    from bot.desk.reports.checking import check_versions

    checked = here.database.read(check_versions, scope, here.office)
    return Result(checked, told(scope, checked), all(one.ok for one in checked))


def _check_together(wishes: Wishes, codes: list[str], form: str) -> None:
    """Refuse what cannot be asked of one report."""
    if wishes.donor and audiences()[wishes.audience]:
        raise typer.BadParameter(f"A report for {wishes.audience}:{wishes.whom} needs no --donor.")
    if wishes.fiscal_year is None:
        return
    if codes or wishes.audience not in OF_A_YEAR:
        raise typer.BadParameter(
            "--fiscal-year is for the office, or for --audience good_practice, and needs no CODES."
        )
    if wishes.audience == "staff" and form not in STATISTICS:
        raise typer.BadParameter(f"--fiscal-year comes as one of {', '.join(STATISTICS)}.")
