"""followup report compare: waves, workshops or fiscal years beside each other."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import TYPED_CODE, Config, Json, opened
from bot.cli.endings import form_of
from bot.cli.report_options import Audience, Form, wishes_of
from bot.cli.reports import app, check_form, deliver
from bot.desk.reports.choices import file_name

Compared = Annotated[
    list[str],
    typer.Argument(
        help="One workshop (its waves); workshops, donor:NAME or FY2017 (workshops); fiscal years, or "
        "all.",
        metavar="SCOPE...",
    ),
    TYPED_CODE,
]


@app.command()
def compare(
    scopes: Compared,
    form: Form = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    audience: Audience = "staff",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Put the figures of waves, workshops or fiscal years beside each other, on the same axis.

    Compared are shares of 10 or more, of the same question at the same moment. What cannot be
    compared says why. Nothing is ranked. It is for the office.
    """
    from bot.desk.reports.comparing import compare as compared

    form = form_of(form, out, as_json)
    wishes = wishes_of(audience)
    check_form(form, out, file_name(f"compare {' '.join(scopes)}", form, wishes))
    with opened(config) as here:
        wishes = replace(wishes, contact=here.settings.office.contact)
        told = here.code_of(scopes)
        content = compared(here.database, here.office, told, form, here.now, wishes)
    deliver(content, out, wishes, as_json)
