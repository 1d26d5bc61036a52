"""How native charts look: colours, letters, axes, labels, legend, and room for all of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.formats.slides.letters import SMALLEST, line_height, lines, width
from analysis.formats.slides.texts import SOFT, Canvas, Look, set_faces
from analysis.printable import cleaned

ROOMS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
"""The parts of the width that labels can take."""
END = 0.04
"""The part of the width behind the longest bar."""
LEGEND = 0.75
"""The part of the width that a line of a legend takes at most."""
COLOURS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
DARK = frozenset(("accent1", "accent3", "accent5", "accent6"))
"""The colours on which numbers are white."""
STEPS = (1, 2, 5)
SHORT_OF_ZERO = "0;;;"
"""A format in which 0 has no label."""


def set_letters(frame: Any, look: Look) -> None:
    """Set faces and direction of the texts of a part of a chart."""
    from pptx.oxml.ns import qn

    properties = frame.find(qn("a:p")).get_or_add_pPr()
    if look.backwards:
        properties.set("rtl", "1")
    letters = properties.find(qn("a:defRPr"))
    if letters is None:
        letters = properties.get_or_add_defRPr()
    for old in list(letters):
        letters.remove(old)
    set_faces(letters, look)


def number_axes(chart: Any) -> None:
    """Give the axes numbers that the format allows; the library takes negative ones."""
    from pptx.oxml.ns import qn

    for tag in ("c:axId", "c:crossAx"):
        for one in chart._chartSpace.iter(qn(tag)):
            one.set("val", str(abs(int(one.get("val")))))


def colour_series(plot: Any, colours: Sequence[str] = COLOURS) -> None:
    for one, colour in zip(plot.series, colours, strict=False):
        _fill(one.format, colour)


def colour_points(series: Any, named: Sequence[bool]) -> None:
    _fill(series.format, "accent2")
    for number, strong in enumerate(named):
        if strong:
            _fill(series.points[number].format, "accent1")


def _fill(shape: Any, colour: str) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(colour)


def set_axes(chart: Any, top: int, title: str, look: Look, *, upright: bool = False) -> None:
    """Set one axis from 0 to its end in whole steps, with its title, and labels from the top."""
    from pptx.enum.chart import XL_TICK_MARK

    counts, labels = chart.value_axis, chart.category_axis
    counts.minimum_scale, counts.maximum_scale = 0, top
    counts.major_unit = _step(top)
    counts.major_gridlines.format.line.color.theme_color = _light()
    counts.format.line.fill.background()
    for axis in (counts, labels):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    labels.format.line.color.theme_color = _light()
    labels.tick_labels.offset = 50
    _label_all(labels)
    counts.reverse_order = look.backwards and not upright
    if look.backwards or not upright:
        labels.reverse_order = True
        # The axis of the counts stands behind the last row, which is below (upright: on the right).
        counts._element.find(_tag("c:crosses")).set("val", "max")
    if title:
        counts.has_title = True
        paragraph = counts.axis_title.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = cleaned(title)
        set_faces(run._r.get_or_add_rPr(), replace(look, colour=SOFT))


def _label_all(axis: Any) -> None:
    """Print the label of each row, also where a program would leave out every second one."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _light() -> Any:
    from pptx.enum.dml import MSO_THEME_COLOR

    return MSO_THEME_COLOR.ACCENT_4


def _step(top: int) -> int:
    """Return the distance of the marks of an axis: at most six of them, at whole numbers."""
    wanted, tens = top / 5, 1
    while True:
        for step in STEPS:
            if step * tens >= wanted:
                return step * tens
        tens *= 10


def label_values(plot: Any, look: Look) -> None:
    """Print each number behind its bar."""
    from pptx.enum.chart import XL_LABEL_POSITION

    plot.has_data_labels = True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    _set_labels(plot.data_labels, "0", look)


def label_parts(plot: Any, look: Look, colours: Sequence[str]) -> None:
    """Print each number in its part of a bar; none for a part that nobody is in."""
    for one, colour in zip(plot.series, colours, strict=False):
        own = replace(look, bold=True, colour="bg1" if colour in DARK else look.colour)
        _set_labels(one.data_labels, SHORT_OF_ZERO, own)


def _set_labels(labels: Any, numbers: str, look: Look) -> None:
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = numbers, False
    labels.font.size = None
    set_letters(labels._element.find(_tag("c:txPr")), look)


def _tag(name: str) -> str:
    from pptx.oxml.ns import qn

    return str(qn(name))


def add_legend(chart: Any, canvas: Canvas, names: Sequence[str]) -> float:
    """Add a legend below; return its height in points."""
    from pptx.enum.chart import XL_LEGEND_POSITION

    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = None
    look = canvas.look
    set_letters(chart.legend._element.find(_tag("c:txPr")), look)
    across = sum(width(name, look.size) + 3 * look.size for name in names)
    return line_height(look.size, look.language) * (1 + int(across / (canvas.box.wide * LEGEND)))


def make_room(chart: Any, canvas: Canvas, labels: Sequence[str], legend: float = 0) -> None:
    """Give labels the room in which each has as many lines as its bar is high."""
    box, look = canvas.box, canvas.look
    line = line_height(look.size, look.language)
    high = max(box.high * 0.3, box.high * 0.97 - 2.2 * line - legend)
    most = max(1, int(high / len(labels) / line))
    fitting = (one for one in ROOMS if all(_fits(text, box.wide * one, most) for text in labels))
    room = next(fitting, ROOMS[-1])
    left = END if look.backwards else room
    _lay_out(chart, (left, 0.01, 1 - room - END, high / box.high))


def _fits(label: str, room: float, most: int) -> bool:
    free = room - SMALLEST
    longest = max(width(word, SMALLEST) for word in label.split(" "))
    return longest <= free and lines(label, SMALLEST, free) <= most


def _lay_out(chart: Any, places: tuple[float, float, float, float]) -> None:
    """Set the place of the bars themselves, in parts of the chart."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    area = chart._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    told = "".join(
        f'<c:{key} val="{value:.4f}"/>' for key, value in zip("xywh", places, strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{told}</c:manualLayout></c:layout>'
        ),
    )
