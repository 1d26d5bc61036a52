"""Renders the pages of share links. Decides nothing about what stands on them."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.desk.reports.sharing import last_day
from bot.settings.office import Office
from bot.web.interview.rendering import style_version
from bot.wording.days import day_words
from storage.office.share_links import Share

NAMES = {"html": "Read the report", "pdf": "One page (PDF)", "xlsx": "Numbers (Excel)"}
"""The files behind a link, in the order of the page."""
WRONG = "This is not the passphrase. Please try again."
UNKNOWN = ("This link does not work.", "Part of it may be missing. Please copy the whole link.")
OVER = ("This link is no longer in use.", "Ask the office for a new one, at the address below.")
WAIT = ("The report is being drawn.", "It comes by itself in a moment.")
TOO_OFTEN = ("Too many tries.", "Please wait a minute and try again.")
ENDS = "It is version {version}. The link works until {until}."


def render_share(office: Office, base: str, secret: str, share: Share) -> str:
    """Return the page of a link: what it shows, and until when."""
    until = day_words(last_day(share, office))
    told = ENDS.format(version=share.edition.version, until=until)
    files = [(f"{base}/r/{secret}/{form}", name) for form, name in NAMES.items()]
    return _rendered(office, base, "A report for you", told=told, files=files)


def render_form(office: Office, base: str, said: str) -> str:
    """Return the page that asks for the passphrase."""
    return _rendered(office, base, "This report has a passphrase", said=said, asks=True)


def render_note(office: Office, base: str, note: tuple[str, str]) -> str:
    """Return a page with a heading and a text."""
    return _rendered(office, base, note[0], told=note[1])


def _rendered(office: Office, base: str, title: str, **more: object) -> str:
    frame = {"said": "", "told": "", "files": [], "asks": False} | more
    return _template().render(
        site={"office": office.name},
        title=title,
        language="en",
        direction="ltr",
        style=f"{base}/style.css?{style_version()}",
        contact=office.contact,
        **frame,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    return environment.get_template("share.html")
