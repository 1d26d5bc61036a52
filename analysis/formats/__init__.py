"""The registry of report formats. To add one: write its module, add its line to `FORMATS`.

Formats arrange the content of a `Report`; they compute nothing and round nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from analysis.formats import caption, docx, html, json, newsletter, page, places, slides, txt, xlsx
from analysis.model import Report


@dataclass(frozen=True)
class Format:
    """How a report becomes a file: content type, file extension, and the function that renders it.

    Formats with a template can also be filled into one of the office; `check` raises Conflict for a
    template that cannot be used.
    """

    media_type: str
    suffix: str
    render: Callable[[Report], bytes]
    fill: Callable[[Report, Path], bytes] | None = None
    check: Callable[[Path], None] | None = None


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
        docx.render,
        docx.check,
    ),
    "pptx": Format(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
        slides.render,
        slides.render,
        slides.check,
    ),
    "png": Format("image/png", "png", page.render_png),
    "phone": Format("image/png", "png", page.render_phone),
    "news-png": Format("image/png", "png", newsletter.render_png),
    "news-svg": Format("image/svg+xml", "svg", newsletter.render_svg),
}


NO_TEMPLATES: Mapping[str, Path] = {}


def render(report: Report, name: str, templates: Mapping[str, Path] = NO_TEMPLATES) -> bytes:
    """Return the report as a file of the named format; KeyError for a name that is not registered.

    `templates` are those of the office, by format. The same report gives the same bytes every time.
    """
    form, own = FORMATS[name], templates.get(name)
    return form.fill(report, own) if own and form.fill else form.render(report)


def packaged_template(name: str) -> bytes:
    """Return the packaged template of a format that has one, for an office to change its look."""
    return (resources.files("analysis") / "templates" / f"report.{name}").read_bytes()


def check_template(name: str, template: Path) -> None:
    """Raise Conflict if a template of the office cannot be filled."""
    check = FORMATS[name].check
    if check:
        check(template)
