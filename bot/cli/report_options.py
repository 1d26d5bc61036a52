"""The options of reports as they are typed: the form, the readers, the donor, the year and the scope."""

from typing import Annotated

import typer

from bot.cli.common import TYPED_CODE
from bot.desk.reports.choices import Wishes, audiences, forms, report_languages
from surveys.wording import ENGLISH

LONGEST_LANGUAGE = 3
"""Letters of the code of a language; what is longer after a comma belongs to the name."""


def known(form: str | None) -> str | None:
    """Return a form that the registry has; None if none was asked for."""
    return form and _one_of(form, forms())


def wishes_of(audience: str, contact: str = "") -> Wishes:
    """Return the wishes behind an audience as it is typed, such as `staff` or `donor:CCF/Japan,fr`.

    After a colon stands whose report it is; after a comma its language. A name can have commas too.
    """
    who, language = _language_of(audience)
    kind, _, whom = (part.strip() for part in who.partition(":"))
    kind = _one_of(kind.lower(), tuple(audiences()))
    _check_whom(kind, whom)
    return Wishes(kind, whom, language, contact=contact)


def _language_of(audience: str) -> tuple[str, str]:
    """Return an audience without its language, and the language: English if it names none."""
    who, comma, last = audience.rpartition(",")
    language = last.strip().lower()
    if not comma or (":" in who and len(language) > LONGEST_LANGUAGE):
        return audience, ENGLISH
    return who, _one_of(language, report_languages())


def known_audience(audience: str) -> str:
    """Return an audience that reports can be for."""
    wishes_of(audience)
    return audience


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(allowed)}.")
    return value


Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        callback=known,
        help=f"One of {', '.join(forms())}. [default: that of the ending of --out, or txt]",
    ),
]


def _typed() -> list[str]:
    """Return the audiences as they are typed: with a name where they need one."""
    return [f"{kind}:NAME" if whom else kind for kind, whom in audiences().items()]


Audience = Annotated[
    str,
    typer.Option(
        callback=known_audience,
        help=f"One of {', '.join(_typed())}; then a language "
        f"({', '.join(report_languages())}), as staff,fr.",
    ),
]

Donor = Annotated[
    str,
    typer.Option(
        help="Only workshops that this donor paid for: a filter, for the office. The report for the "
        "donor is --audience donor:NAME."
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        min=1990,
        max=2100,
        help="Statistics from July of this year to June of the next; or, with --audience "
        "good_practice, the Good Practice Report.",
    ),
]

Scope = Annotated[
    str,
    typer.Argument(help="A workshop, FY2017 for a fiscal year, donor:NAME, or all."),
    TYPED_CODE,
]


def _check_whom(kind: str, whom: str) -> None:
    """Refuse a donor or member without a name, and a name for an audience that has none."""
    wanted = audiences()[kind]
    if wanted and not whom:
        raise typer.BadParameter(f"Say for which {wanted}: {kind}:NAME")
    if whom and not wanted:
        raise typer.BadParameter(f"A report for {kind} is for all of them, not for {whom!r}.")
