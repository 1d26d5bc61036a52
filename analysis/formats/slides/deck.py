"""The presentation that is filled: a template with two layouts, and the room on each slide."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from surveys.bidi import right_to_left

TEMPLATE = "report.pptx"
LAYOUTS = {"title": "Title Slide", "titleOnly": "Title Only"}
"""The layouts that are needed, by the type that they have in every language, with their names."""
GAP = 8
"""The room between the parts of a slide, in points."""
FOOT = 40
"""The height of the foot of a template that has none, in points."""
POINT = 12_700
"""A point in the units of the file."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points from its left and top edge."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def bottom(self) -> float:
        return self.top + self.high

    def below(self, used: float) -> Box:
        """Return what is left when `used` points are taken from the top, and a gap."""
        return Box(self.left, self.top + used + GAP, self.wide, self.high - used - GAP)

    def above(self, used: float) -> Box:
        """Return what is left when `used` points are taken from the bottom, and a gap."""
        return Box(self.left, self.top, self.wide, self.high - used - GAP)

    @property
    def units(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in the units of the file."""
        left, top, wide, high = (
            round(one * POINT) for one in (self.left, self.top, self.wide, self.high)
        )
        return left, top, wide, high


class Deck:
    """An open template in a language. Adds slides to it."""

    def __init__(self, template: Path | None, language: str) -> None:
        self.language = language
        self.backwards = right_to_left(language)
        self._named = template.name if template else TEMPLATE
        self.file = _opened(template)
        _forget_slides(self.file)
        self._layouts = {kind: self._layout(kind) for kind in LAYOUTS}

    def _layout(self, kind: str) -> Any:
        """Return a layout by its type. Raise Conflict where it is missing or has no title."""
        from storage.database import Conflict

        for layout in self.file.slide_layouts:
            if layout._element.get("type") == kind and _placeholder(layout, "title", "ctrTitle"):
                return layout
        raise Conflict(
            f"The template {self._named} has no layout “{LAYOUTS[kind]}” with a title. In PowerPoint, "
            "View > Slide Master > Insert Layout from the theme “Office” adds it."
        )

    def add_cover(self) -> Any:
        """Return a new first slide."""
        return self.file.slides.add_slide(self._layouts["title"])

    def add(self) -> Any:
        """Return a new slide with a title."""
        return self.file.slides.add_slide(self._layouts["titleOnly"])

    def room(self, slide: Any) -> Box:
        """Return the room below the title and above the foot."""
        title, foot = box_of(slide.shapes.title), self.foot_of(slide)
        return Box(title.left, title.bottom + GAP, title.wide, foot.top - title.bottom - 2 * GAP)

    def foot_of(self, slide: Any) -> Box:
        """Return the place of the foot, from the layout or at the lower edge."""
        found = _placeholder(slide.slide_layout, "ftr")
        if found is not None:
            return box_of(found)
        title = box_of(slide.shapes.title)
        high = self.file.slide_height / POINT
        return Box(title.left, high - FOOT, title.wide - FOOT * 2, FOOT - GAP)

    def number_of(self, slide: Any) -> Any:
        """Return the placeholder of the number in the layout; None if there is none."""
        return _placeholder(slide.slide_layout, "sldNum")

    def saved(self) -> bytes:
        """Return the file."""
        made = BytesIO()
        self.file.save(made)
        return made.getvalue()


def box_of(shape: Any) -> Box:
    """Return the place of a shape, also one that its layout gives it."""
    return Box(shape.left / POINT, shape.top / POINT, shape.width / POINT, shape.height / POINT)


def _opened(template: Path | None) -> Any:
    """Return a template, the packaged one if the office has none. Conflict if it cannot be read."""
    from pptx import Presentation

    from storage.database import Conflict

    if template is None:
        source = resources.files("analysis") / "templates" / TEMPLATE
        return Presentation(BytesIO(source.read_bytes()))
    try:
        return Presentation(str(template))
    except Exception as problem:
        raise Conflict(
            f"The template {template.name} cannot be read as a presentation: save it as .pptx, not as "
            ".potx or .ppt, and look at reports.slides in the configuration."
        ) from problem


def _forget_slides(file: Any) -> None:
    """Remove the sample slides of a template."""
    listed = file.slides._sldIdLst
    for one in list(listed):
        file.part.drop_rel(one.rId)
        listed.remove(one)


def _placeholder(layout: Any, *kinds: str) -> Any:
    """Return the placeholder of one of some kinds; None if there is none."""
    from pptx.oxml.ns import qn

    for shape in layout.placeholders:
        mark = shape._element.nvSpPr.nvPr.find(qn("p:ph"))
        if mark is not None and mark.get("type") in kinds:
            return shape
    return None
