"""Office files are read again by programs that did not write them."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from lxml import etree
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


def written_as(form: str, files: list[Path], folder: Path) -> None:
    """Let LibreOffice open files and write each in another form, in the letters of the reports."""
    folders = "".join(f"<dir>{one}</dir>" for one in font_folders())
    (folder / "fonts.conf").write_text(FONTS.format(folders=folders, cache=folder / "fonts"))
    program, home = LIBREOFFICE.path, {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    assert program
    subprocess.run(
        [
            program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            "--convert-to", form, "--outdir", str(folder), *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env=home | {"FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip


def texts_of_cells(sheets: Path) -> set[str]:
    """The texts of all cells of workbooks that LibreOffice has written as `fods`."""
    root = etree.parse(sheets, etree.XMLParser(huge_tree=True)).getroot()
    return {
        joined("".join(line.itertext()) for line in cell.iter("{*}p"))
        for cell in root.iter("{*}table-cell")
    }


def joined(lines: Iterable[str]) -> str:
    """Lines as one, whatever spaces are between their words."""
    return " ".join(" ".join(lines).split())
