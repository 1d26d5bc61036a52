"""Renders screens of the desk as HTML, in the frame that all pages share."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.desk.guarding import TOKEN, form_token
from bot.web.desk.navigation import sections_of
from bot.web.desk.times import moment_text, when_text
from bot.web.desk.visits import Panel, Screen, Visit
from bot.wording.counts import counted, counts_in_words
from bot.wording.days import day_words, span_words
from storage.office.staff import StaffRole

TYPED = re.compile(r"`([^`]*)`")
FILES = {"desk.css": "text/css", "desk.js": "text/javascript"}


@dataclass(frozen=True)
class Shown:
    """What stands on a page beside its screen.

    `note` is what the last act said; `panel` a question with the name of its act; `digest` what
    the question showed; `errors` say what was wrong with a form, `typed` has its values.
    """

    cookie: str
    base: str
    address: str
    note: Mapping[str, Any] | None = None
    panel: Panel | None = None
    act: str = ""
    digest: str = ""
    errors: tuple[str, ...] = ()
    typed: Mapping[str, Any] | None = None


def render(visit: Visit, screen: Screen, shown: Shown) -> str:
    """Return a page of the desk as HTML."""
    return (
        _environment()
        .get_template(screen.template)
        .render(
            **screen.data,
            title=screen.title,
            visit=visit,
            shown=shown,
            sections=sections_of(visit.member.role, shown.address),
            token=form_token(shown.cookie),
            token_name=TOKEN,
            base=shown.base,
            files=versions(),
            office_now=visit.now.astimezone(visit.zone),
            moment=lambda at: moment_text(at, visit.zone, visit.now),
            when=lambda at: when_text(at, visit.zone, visit.now),
        )
    )


def coded(text: str) -> Markup:
    """Return a text in which what stands between backticks is shown as typed."""
    return Markup(TYPED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def render_plain(template: str, base: str, **values: object) -> str:
    """Return a page outside a session, such as the one to sign in."""
    return _environment().get_template(template).render(**values, base=base, files=versions())


def digest_of(panel: Panel) -> str:
    """Return a short hash of what a question shows; another one means that something has changed."""
    said = (panel.title, panel.lines, [(one.name, one.choices) for one in panel.fields])
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@cache
def file_of(name: str) -> bytes:
    """Return the content of the stylesheet or of the script."""
    return resources.files("bot.web.desk").joinpath("static", name).read_bytes()


@cache
def versions() -> dict[str, str]:
    """Return a short hash of each file, which its address carries so that it can be kept for ever."""
    return {name: hashlib.sha256(file_of(name)).hexdigest()[:12] for name in FILES}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.web.desk", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(counted=counted, in_words=counts_in_words)
    environment.filters.update(words=day_words, role=StaffRole, coded=coded)
    environment.globals.update(day=day_words, span=span_words)
    return environment
