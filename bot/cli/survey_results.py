"""followup report survey: the result of one wave, whatever its questionnaire asks."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Code, Config, Json, opened
from bot.cli.endings import form_of
from bot.cli.report_options import Audience, Form, wishes_of
from bot.cli.reports import app, check_form, deliver
from bot.desk.reports.choices import file_name

Wave = Annotated[str, typer.Argument(help="The wave, such as PRE, NEEDS or ELEARN.")]
By = Annotated[
    str,
    typer.Option(help="Show the answers by group too: administration, or the name of a question."),
]


@app.command()
def survey(  # noqa: PLR0913 - one parameter for each option
    code: Code,
    wave: Wave,
    form: Form = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    audience: Audience = "staff",
    by: By = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Write the result of one wave: who answered, and what, question by question.

    It is made for any questionnaire, also your own. Readers outside the office get
    surveys of administrations only, with those that allow it, once
    `followup report status CODE/WAVE presented` has made a version.
    """
    from bot.desk.reports.reporting import reports_of

    wave = wave.upper()
    form = form_of(form, out, as_json)
    wishes = replace(wishes_of(audience), survey=wave, by=by)
    check_form(form, out, file_name(f"{code} {wave}", form, wishes))
    with opened(config) as here:
        wishes = replace(wishes, contact=here.settings.office.contact)
        code = here.code_of(code)
        made = reports_of(here.database, here.office, [code], [form], here.now, wishes)
        content = made[form]
    deliver(content, out, wishes, as_json)
