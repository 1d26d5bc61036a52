"""The registry of report formats. To add one: write its module, add its line to `FORMATS`.

Formats arrange the content of a `Report`; they compute nothing and round nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.formats import caption, docx, html, json, newsletter, page, places, txt, xlsx
from analysis.model import Report


@dataclass(frozen=True)
class Format:
    """How a report becomes a file: content type, file extension, and the function that renders it."""

    media_type: str
    suffix: str
    render: Callable[[Report], bytes]


FORMATS: dict[str, Format] = {
    "txt": Format("text/plain; charset=utf-8", "txt", txt.render),
    "newsletter": Format("text/plain; charset=utf-8", "txt", newsletter.render),
    "caption": Format("text/plain; charset=utf-8", "txt", caption.render),
    "places": Format("text/plain; charset=utf-8", "txt", places.render),
    "json": Format("application/json", "json", json.render),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", xlsx.render
    ),
    "pdf": Format("application/pdf", "pdf", page.render_pdf),
    "full": Format("application/pdf", "pdf", page.render_full),
    "html": Format("text/html; charset=utf-8", "html", html.render),
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        docx.render,
    ),
    "png": Format("image/png", "png", page.render_png),
}


def render(report: Report, name: str) -> bytes:
    """Return the report as a file of the named format; KeyError for a name that is not registered.

    The same report gives the same bytes every time.
    """
    return FORMATS[name].render(report)
