"""Office files are read again by programs that did not write them."""

import subprocess
from pathlib import Path

from openxml_audit import OpenXmlValidator

from analysis.formats.typesetting import font_folders
from tests.tools import LIBREOFFICE

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def faults(content: bytes, path: Path) -> list[str]:
    """What the schemas of the format do not allow in a file that is written to `path`."""
    path.write_bytes(content)
    found = OpenXmlValidator().validate(path)
    return [f"{one.part_uri}: {one.description}" for one in found.errors]


def as_pdf(files: list[Path], folder: Path) -> None:
    """Let LibreOffice open files and write each as a PDF, in the letters of the reports."""
    folders = "".join(f"<dir>{one}</dir>" for one in font_folders())
    (folder / "fonts.conf").write_text(FONTS.format(folders=folders, cache=folder / "fonts"))
    program, home = LIBREOFFICE.path, {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    assert program
    subprocess.run(
        [
            program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env=home | {"FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
