"""The only module that knows typst: a template and plain data become a PDF or pictures."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

FONT_PACKAGES = ("fontpkg_noto_sans",)
"""Packages that bring font files in a folder `files`. To add a script, install and name its own."""


class MissingFont(RuntimeError):
    """A font of the template was not found; the message names it."""


def font_folders() -> list[Path]:
    """Where fonts are looked for: `REPORT_FONT_DIR` first, then the installed font packages."""
    own = os.environ.get("REPORT_FONT_DIR")
    folders = [Path(own)] if own else []
    return folders + [Path(str(resources.files(name))) / "files" for name in FONT_PACKAGES]


def typeset(
    template: str,
    data: dict[str, Any],
    dated: datetime,
    pixels: int | None = None,
    fonts: Sequence[Path] | None = None,
) -> list[bytes]:
    """Draw a template of this package with data, dated `dated` (aware), as the bytes of a PDF.

    With `pixels` (per inch): the bytes of one PNG per page. Data are passed as values and are
    never markup, so no text in them can change the page. MissingFont if a font is not there.
    """
    import typst

    with resources.as_file(resources.files("analysis") / "templates" / template) as source:
        compiler = typst.Compiler(
            source,
            font_paths=list(font_folders() if fonts is None else fonts),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        )
        made, warnings = compiler.compile_with_warnings(
            format="png" if pixels else "pdf",
            ppi=pixels,
            timestamp=dated.replace(microsecond=0),
        )
    missing = [w.message for w in warnings if "unknown font family" in w.message]
    if missing:
        raise MissingFont(missing[0])
    if made is None:
        raise RuntimeError("typst gave no document")
    return [made] if isinstance(made, bytes) else made
