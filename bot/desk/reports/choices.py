"""What can be chosen of a report: its form, its audience and its language. Reads no database."""

import re
from collections.abc import Mapping

from analysis.formats import FORMATS
from analysis.reports.audiences import AUDIENCES, Wishes
from analysis.wording import report_languages
from surveys.wording import ENGLISH

CONFIDENTIAL = "CONFIDENTIAL"
STAFF = Wishes()
NEWSLETTER = "newsletter"
BESIDE = ("news-png", "news-svg")
"""The pictures beside the text of a newsletter."""

__all__ = [
    "BESIDE",
    "NEWSLETTER",
    "Wishes",
    "audiences",
    "file_name",
    "forms",
    "is_confidential",
    "media_type",
    "readers_of",
    "report_languages",
    "suffix",
]


def forms() -> tuple[str, ...]:
    """Return the forms a report can have."""
    return tuple(FORMATS)


def readers_of(form: str) -> str:
    """Return the audience of a form that is asked for without one: a newsletter is for the public."""
    return NEWSLETTER if form in (NEWSLETTER, *BESIDE) else STAFF.audience


def suffix(form: str) -> str:
    """Return the ending of the name of a file of a form, without a dot."""
    return FORMATS[form].suffix


def media_type(form: str) -> str:
    """Return the content type of a file of a form."""
    return FORMATS[form].media_type


def audiences() -> Mapping[str, str]:
    """Return who a report can be for, with what must be named: a donor, an administration or ''."""
    return {key: audience.whom for key, audience in AUDIENCES.items()}


def file_name(scope: str, form: str, wishes: Wishes = STAFF) -> str:
    """Return the name of a file: scope, form and language; for the office it says CONFIDENTIAL.

    A name of a person is never in it; of a donor or an administration there is its code.
    """
    whom = f"{wishes.audience} {wishes.whom}".strip()
    ending = suffix(form)
    parts = [scope, whom if wishes.outside else CONFIDENTIAL]
    parts += [form] if form != ending else []
    parts += [wishes.language] if wishes.language != ENGLISH else []
    plain = (re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in parts)
    return f"{'-'.join(plain)}.{ending}"


def is_confidential(name: str) -> bool:
    """Return whether the name of a file says that it is for the office alone."""
    return CONFIDENTIAL.lower() in name.lower()
