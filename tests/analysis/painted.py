"""Reading what is painted: pixels beside the page that they show, and letters drawn as outlines."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import typst
from PIL import Image

from analysis.formats.typesetting import families, font_folders

TILE = 6
"""The side of the squares in which two pictures are compared, in pixels: a digit fills some of them."""
FINER = 4
"""A page is painted so much finer and made smaller again, so that its edges are as soft."""
FIGURES = "0123456789"
SYMBOL = re.compile(r'<symbol id="(\w+)"[^>]*><path d="([^"]*)"')
LETTER = re.compile(r'<g[ >]|<use xlink:href="#(\w+)"')
Outline = tuple[str, tuple[float, ...]]
"""The strokes of a letter, and where they end beside the size of the letter."""


# Pixels


def differs(picture: bytes, pdf: bytes, pixels: int, folder: Path) -> float:
    """Return how much the first page of a PDF, painted by another program, differs from a picture.

    It is the greatest difference of their squares, from 0 to 255.
    """
    here = Image.open(BytesIO(picture)).convert("L")
    there = _painted(pdf, pixels * FINER, folder).resize(here.size, Image.Resampling.BOX)
    return float(np.abs(_squares(here) - _squares(there)).max())


def _painted(pdf: bytes, pixels: int, folder: Path) -> Image.Image:
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-singlefile", "-gray", "-r", str(pixels), "page.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    with Image.open(folder / "page.pgm") as page:
        return page.convert("L")


def _squares(picture: Image.Image) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Return how light each square of a picture is."""
    wide, high = (side // TILE for side in picture.size)
    pixels = np.asarray(picture, float)[: high * TILE, : wide * TILE]
    return pixels.reshape(high, TILE, wide, TILE).mean((1, 3))


# Outlines


def written(svg: str) -> str:
    """Return the digits of a drawing whose letters are outlines; each other letter is a space."""
    known = {name: _figure(_outline(path)) for name, path in SYMBOL.findall(svg)}
    return "".join(known.get(one[1] or "", " ") for one in LETTER.finditer(svg))


def _figure(outline: Outline) -> str:
    strokes, ends = outline
    for figure, (also, there) in _figures():
        if also == strokes and np.allclose(ends, there, atol=0.01):
            return figure
    return " "


def _outline(path: str) -> Outline:
    ends = [float(one) for one in re.findall(r"-?[\d.]+", path)]
    size = max(map(abs, ends), default=1.0)
    return re.sub(r"[^A-Za-z]", "", path), tuple(one / size for one in ends)


@cache
def _figures() -> tuple[tuple[str, Outline], ...]:
    """Return the outlines of the digits in all fonts and weights of reports."""
    return tuple(_of_fonts())


def _of_fonts() -> Iterator[tuple[str, Outline]]:
    for family in families():
        for weight in ("regular", "bold"):
            font = f'#set text(font: "{family}", weight: "{weight}", fallback: false)\n'
            drawn = typst.compile(
                (font + FIGURES).encode(),
                format="svg",
                font_paths=[str(one) for one in font_folders()],
                ignore_system_fonts=True,
            )
            assert isinstance(drawn, bytes)
            paths = dict(SYMBOL.findall(drawn.decode()))
            order = [one[1] for one in LETTER.finditer(drawn.decode()) if one[1]]
            yield from zip(FIGURES, (_outline(paths[one]) for one in order), strict=False)
