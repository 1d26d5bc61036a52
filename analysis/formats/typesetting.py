"""The only module that uses typst: a template and plain data become a PDF or pictures."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from analysis.formats.scripts import direction, undrawable
from analysis.wording import ReportWords
from surveys.bidi import right_to_left
from surveys.names import script_in
from surveys.wording import ENGLISH, Words

FONTS = (
    ("Noto Sans", "fontpkg_noto_sans", "files"),
    ("Noto Sans Thai", "fontpkg_noto_sans_thai", "files"),
    ("Noto Sans Khmer", "fontpkg_noto_sans_khmer", "files"),
    ("Noto Sans Lao", "justmytype_intl_sea", "fonts/ofl/notosanslao"),
    ("Noto Sans Myanmar", "justmytype_intl_sea", "fonts/ofl/notosansmyanmar"),
    ("Noto Sans Arabic", "fontpkg_noto_sans_arabic", "files"),
    ("Noto Sans Tamil", "fontpkg_noto_sans_tamil", "files"),
    ("Noto Sans SC", "pylopdf_fonts_zh_cn", ""),
)
"""Font families with their package and the folder in it; the last one is optional."""
READABLE_ALOUD: Literal["ua-1"] = "ua-1"
"""PDF/UA, which screen readers need: a title, a language, tags, and a text for each picture."""


Kind = tuple[Literal["pdf", "png", "svg"], int | None]


class MissingFont(RuntimeError):
    """A font of the template was not found; the message names it."""


def families() -> tuple[str, ...]:
    """Return the font families whose packages are installed, in the order of preference."""
    return tuple(family for family, package, _ in FONTS if find_spec(package))


def font_folders() -> list[Path]:
    """Return the font folders: `REPORT_FONT_DIR` first, then the installed font packages."""
    own = os.environ.get("REPORT_FONT_DIR")
    there = [(package, place) for _, package, place in FONTS if find_spec(package)]
    folders = [Path(str(resources.files(package))) / place for package, place in there]
    return [Path(own), *folders] if own else folders


def missing_families(fonts: Sequence[Path] | None = None) -> tuple[str, ...]:
    """Return typst's messages on installed families that it does not find in the files."""
    _, unknown = _compiled("families.typ", {}, None, ("pdf", None), fonts)
    return tuple(unknown)


def typeset(
    template: str,
    data: dict[str, Any],
    dated: datetime,
    pixels: int | None = None,
    fonts: Sequence[Path] | None = None,
) -> list[bytes]:
    """Return a template of this package filled with data, dated `dated` (aware), as a PDF.

    With `pixels` (per inch): the bytes of one PNG per page. Data are passed as values and are
    never markup, so no text in them can change the page. MissingFont if a font is not found. A
    text in a script that no font has is replaced by a sentence that names the script.
    """
    return _typeset(template, data, dated, ("png", pixels) if pixels else ("pdf", None), fonts)


def pictures(template: str, data: dict[str, Any], dated: datetime) -> list[str]:
    """Return the pages of a template as SVG, with letters as outlines: the same look everywhere."""
    return [page.decode() for page in _typeset(template, data, dated, ("svg", None), None)]


def _typeset(
    template: str, data: dict[str, Any], dated: datetime, kind: Kind, fonts: Sequence[Path] | None
) -> list[bytes]:
    say = ReportWords(data.get("language") or ENGLISH)
    drawn = json.dumps(_drawable(data, families(), say), ensure_ascii=False)
    flow = "rtl" if right_to_left(data.get("language", "")) else "ltr"
    made, unknown = _compiled(template, {"report": drawn, "flow": flow}, dated, kind, fonts)
    if unknown:
        raise MissingFont(unknown[0])
    if made is None:
        raise RuntimeError("typst gave no document")
    return [made] if isinstance(made, bytes) else made


def _compiled(
    template: str,
    inputs: dict[str, str],
    dated: datetime | None,
    kind: Kind,
    fonts: Sequence[Path] | None,
) -> tuple[bytes | list[bytes] | None, list[str]]:
    """Return the compiled template, and typst's messages on unknown font families."""
    import typst

    with resources.as_file(resources.files("analysis") / "templates") as folder:
        compiler = typst.Compiler(
            folder / template,
            root=folder,
            font_paths=list(font_folders() if fonts is None else fonts),
            ignore_system_fonts=True,
            sys_inputs=inputs | {"families": json.dumps(families())},
        )
        made, warnings = compiler.compile_with_warnings(
            format=kind[0],
            ppi=kind[1],
            pdf_standards=[READABLE_ALOUD],
            timestamp=dated.replace(microsecond=0) if dated else None,
        )
    return made, [w.message for w in warnings if "unknown font family" in w.message]


def _drawable(data: Any, there: Sequence[str], say: Words) -> Any:
    """Return the same data with undrawable texts replaced; quotes get their direction."""
    if isinstance(data, str):
        missing = undrawable(data, there)
        return _in_place_of(missing, say) if missing else data
    if isinstance(data, dict):
        made = {key: _drawable(value, there, say) for key, value in data.items()}
        return made | {"direction": direction(data["text"])} if "source" in data else made
    if isinstance(data, list | tuple):
        return [_drawable(value, there, say) for value in data]
    return data


def _in_place_of(script: str, say: Words) -> str:
    named = script_in(script, say.language)
    return say("(Text in {script} letters: see the HTML or Excel file.)", script=named)
