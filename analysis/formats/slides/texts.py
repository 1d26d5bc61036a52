"""Texts on slides: their faces, their language, their side and their size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.formats.office_files import tag_of
from analysis.formats.scripts import direction
from analysis.formats.slides.deck import Box
from analysis.formats.slides.letters import SMALLEST, fitting, height
from analysis.printable import cleaned
from surveys.bidi import right_to_left

EAST = "Microsoft YaHei"
COMPLEX = {"th": "Leelawadee UI", "km": "Leelawadee UI", "lo": "Leelawadee UI"}
OTHERS = "Arial"
"""The faces of Office for Chinese, and for scripts that are shaped: by language, and all others."""
INK, SOFT, STRONG = "tx1", "accent5", "accent1"
"""Colours of the theme for words."""


@dataclass(frozen=True)
class Look:
    """How words look: language, size in points, weight, colour of the theme, face and side."""

    language: str
    size: float = SMALLEST
    bold: bool = False
    colour: str = INK
    face: str = "+mn-lt"
    side: str = "start"

    @property
    def backwards(self) -> bool:
        return right_to_left(self.language)

    @property
    def aligned(self) -> str:
        """The side as the file names it: its own left and right do not turn with the language."""
        if self.side == "centre":
            return "ctr"
        return "r" if (self.side == "end") != self.backwards else "l"


@dataclass(frozen=True)
class Canvas:
    """The room for a picture on a slide, the look of its words, and the signs between them."""

    slide: Any
    box: Box
    look: Look
    signs: Mapping[str, str]


def write(frame: Any, texts: Sequence[str], look: Look) -> None:
    """Write paragraphs into a text frame, in place of what is there."""
    frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        add_run(paragraph, text, look)


def add_run(paragraph: Any, text: str, look: Look) -> None:
    """Add words to a paragraph, which takes their direction and their side."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("algn", look.aligned)
    properties.set("rtl", "1" if look.backwards else "0")
    run = paragraph.add_run()
    run.text = cleaned(text).replace(" %", "\u00a0%")
    set_faces(run._r.get_or_add_rPr(), look)


def set_faces(properties: Any, look: Look) -> None:
    """Set size, weight, colour, language and faces in the properties of words."""
    properties.set("lang", tag_of(look.language))
    properties.set("sz", str(round(look.size * 100)))
    properties.set("b", "1" if look.bold else "0")
    colour = _element("a:solidFill")
    colour.append(_element("a:schemeClr", val=look.colour))
    faces = (
        _element("a:latin", typeface=look.face),
        _element("a:ea", typeface=EAST),
        _element("a:cs", typeface=COMPLEX.get(look.language, OTHERS)),
    )
    for one in (colour, *faces):
        properties.append(one)


def _element(name: str, **values: str) -> Any:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    told = "".join(f' {key}="{value}"' for key, value in values.items())
    return parse_xml(f"<{name} {nsdecls('a')}{told}/>")


def add_box(slide: Any, box: Box, texts: Sequence[str], look: Look, anchor: str = "t") -> Any:
    """Add a box of words that fills its place to the edge; return its shape."""
    shape = slide.shapes.add_textbox(*box.units)
    body = shape.text_frame._txBody.bodyPr
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", anchor)
    write(shape.text_frame, texts, look)
    return shape


def add_fitted(
    slide: Any, box: Box, texts: Iterable[str], look: Look, sizes: Sequence[int]
) -> float:
    """Add words in the largest size that fits; return how high they are in points.

    Paragraphs that do not fit in the smallest size are left out, the last ones first.
    """
    told = [*texts]
    size = fitting(told, (box.wide, box.high), look.language, sizes, bold=look.bold)
    while len(told) > 1 and height(told, size, box.wide, look.language, bold=look.bold) > box.high:
        told.pop()
    used = height(told, size, box.wide, look.language, bold=look.bold)
    if told:
        add_box(slide, Box(box.left, box.top, box.wide, used), told, replace(look, size=size))
    return used


def of_text(text: str, language: str, look: Look) -> Look:
    """Return the look of a text of its own language, such as a quote, by its letters."""
    runs = direction(text) == "rtl"
    known = language if right_to_left(language) == runs else ("fa" if runs else "en")
    return replace(look, language=known)
