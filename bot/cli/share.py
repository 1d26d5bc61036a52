"""followup share make | feed | list | end | restore."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Codes, Desk, Result, Yes, asked_first, at_desk, typed
from bot.cli.printing import table
from bot.cli.report_options import Audience, Donor, Year, wishes_of
from bot.wording.days import day_words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.desk.reports.sharing import MadeShare, ShareDone
    from bot.settings.office import Office
    from storage.office.share_links import Share

app = typer.Typer(no_args_is_help=True)
Link = Annotated[str, typer.Argument(metavar="CODE", help="The code of the link, as L-7KQ2MZ9D.")]
HEADING = ("code", "report", "version", "for", "to whom", "until", "opened", "state")
QUESTION = (
    "Whoever has the link sees version {version} of the report on {scope} as {audience} sees it, and "
    "its files, until {until}. Nothing else."
)

FEED_QUESTION = (
    "Whoever has the address reads the figures of the report on {scope} as {audience} sees them, until "
    "{until}."
)


@app.command()
@at_desk
def make(  # noqa: PLR0913 - one parameter for each option
    here: Desk,
    until: Annotated[str, typer.Option("--until", help="Its last day, such as 31 July 2018.")],
    codes: Codes = None,
    audience: Audience = "rtc",
    donor: Donor = "",
    fiscal_year: Year = None,
    label: Annotated[str, typer.Option("--to", help="To whom it goes; only staff see it.")] = "",
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Ask for a passphrase that readers must type.")
    ] = False,
    yes: Yes = False,
) -> Result:
    """Make an address at which readers without an account see a report that was presented."""
    from bot.desk.reports import sharing

    last_day = typed(here, until, "--until")
    assert last_day is not None  # noqa: S101 - the option is required
    secret = typer.prompt("Passphrase", hide_input=True) if passphrase and yes else ""
    wishes = wishes_of(audience, here.settings.office.contact)
    wishes = replace(wishes, donor=donor, fiscal_year=fiscal_year)
    plan = sharing.SharePlan(codes or (), wishes, label, last_day, secret)
    if not yes:
        edition = sharing.plan_share(here.database, here.office, plan, here.now)
        whom = f"{edition.audience} {edition.whom}".strip()
        told = {"version": edition.version, "scope": edition.scope, "audience": whom}
        return asked_first(QUESTION.format(**told, until=day_words(last_day)))
    return _made(sharing.make_share(here.database, here.office, plan, here.now))


@app.command()
@at_desk
def feed(  # noqa: PLR0913 - one parameter for each option
    here: Desk,
    until: Annotated[str, typer.Option("--until", help="Its last day, such as 31 July 2018.")],
    member: Annotated[str, typer.Option("--for", help="Whose it is, such as S-7KQ2MZ9D.")],
    codes: Codes = None,
    audience: Audience = "rtc",
    donor: Donor = "",
    fiscal_year: Year = None,
    yes: Yes = False,
) -> Result:
    """Make an address from which the spreadsheet of a member reads the figures of a report."""
    from bot.desk.reports import feeds

    last_day = typed(here, until, "--until")
    assert last_day is not None  # noqa: S101 - the option is required
    wishes = wishes_of(audience, here.settings.office.contact)
    wishes = replace(wishes, donor=donor, fiscal_year=fiscal_year)
    plan = feeds.FeedPlan(codes or (), wishes, member, last_day)
    if not yes:
        edition = feeds.plan_feed(here.database, here.office, plan, here.now)
        told = {"scope": edition.scope, "audience": f"{edition.audience} {edition.whom}".strip()}
        return asked_first(FEED_QUESTION.format(**told, until=day_words(last_day)))
    return _made(feeds.make_feed(here.database, here.office, plan, here.now))


def _made(made: "MadeShare") -> Result:
    lines = [
        f"{made.code} works until {day_words(made.last_day)}. This address is shown only here:",
        made.url,
        f"Undo: `followup share end {made.code}`",
    ]
    return Result(made, lines)


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List the share links: what they show, until when, and how often they were opened."""
    from bot.desk.reports.sharing import list_shares

    found = here.database.read(list_shares)
    rows = [_row(one, here.office, here.now) for one in found]
    data = [dict(zip(HEADING, row, strict=True)) for row in rows]
    return Result(data, table(HEADING, rows, "There is no share link."))


def _row(share: "Share", office: "Office", now: "datetime") -> tuple[object, ...]:
    from bot.desk.reports.sharing import last_day

    edition = share.edition
    state = "works" if share.works(now) else "ended"
    whom = f"{edition.audience} {edition.whom}".strip()
    return (
        share.code,
        edition.scope,
        edition.version,
        whom,
        share.label or "-",
        day_words(last_day(share, office)),
        share.opened,
        state,
    )


@app.command()
@at_desk
def end(here: Desk, code: Link) -> Result:
    """End a share link, at once. Whoever has saved a file keeps it."""
    from bot.desk.reports.sharing import end_share

    done = here.act(end_share, code, here.now)
    undo = f"Undo: `followup share restore {code}`"
    return _told(done, f"{code} shows nothing any more.", f"{code} had ended before.", undo)


@app.command()
@at_desk
def restore(here: Desk, code: Link) -> Result:
    """Let a share link that was ended work again, until its last day."""
    from bot.desk.reports.sharing import restore_share

    done = here.act(restore_share, code, here.now)
    undo = f"Undo: `followup share end {code}`"
    return _told(done, f"{code} works again.", f"{code} works already.", undo)


def _told(done: "ShareDone", said: str, before: str, undo: str) -> Result:
    data = {"code": done.share.code, "changed": done.changed}
    lines = [said, undo] if done.changed else [f"{before} Nothing was changed."]
    return Result(data, lines)
