"""What can be chosen of a report: its form, its audience and its language. Reads no database."""

from collections.abc import Mapping

from analysis.formats import FORMATS
from analysis.reports.audiences import AUDIENCES, Wishes
from analysis.wording import report_languages

__all__ = ["Wishes", "audiences", "forms", "report_languages", "suffix"]


def forms() -> tuple[str, ...]:
    """Return the forms a report can have."""
    return tuple(FORMATS)


def suffix(form: str) -> str:
    """Return the ending of the name of a file of a form, without a dot."""
    return FORMATS[form].suffix


def audiences() -> Mapping[str, str]:
    """Return who a report can be for, with what must be named: a donor, an administration or ''."""
    return {key: audience.whom for key, audience in AUDIENCES.items()}
