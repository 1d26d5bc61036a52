"""Every picture that leaves the office shows the numbers of its report and no others.

The pixels of a picture are held against a page that another program paints from a PDF, and the PDF is
read. Letters that are outlines are read by their shapes.
"""

import json
import re
from pathlib import Path

import pytest

from analysis.formats import newsletter, render
from analysis.formats.json import structured
from analysis.formats.page import FINE, PHONE, PIXELS_PER_INCH, page_of
from analysis.formats.typesetting import typeset
from analysis.model import Report
from tests.analysis.conftest import OFFICES, YEAR
from tests.analysis.painted import differs, written
from tests.analysis.published import numbers, numbers_of_tables, printed, told

AXIS = {"0", "50", "100"}
PICTURES = {
    "phone": (PHONE, FINE),
    "news-png": (newsletter.PICTURE, newsletter.PIXELS_PER_INCH),
}
"""The templates of pictures that no PDF shows, and their pixels per inch."""
ALIKE = {"png": 23, "phone": 40, "news-png": 30}
"""Squares that differ by less, of 255, show the same: edges do, and no two digits."""


def known(found: Report) -> set[str]:
    return {number for one in told(found) for number in numbers(one)} | AXIS


def test_the_picture_of_a_page_shows_the_page_that_is_printed(
    found: Report, tmp_path: Path
) -> None:
    picture, page = render(found, "png"), render(found, "pdf")
    assert differs(picture, page, PIXELS_PER_INCH, tmp_path) < ALIKE["png"]


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_of_its_own_shows_no_other_number(
    found: Report, form: str, tmp_path: Path
) -> None:
    template, pixels = PICTURES[form]
    (page,) = typeset(template, structured(found), found.cut_off)
    assert numbers(printed(page, tmp_path / "text.pdf")) <= known(found)
    assert differs(render(found, form), page, pixels, tmp_path) < ALIKE[form]


def test_outlines_of_letters_show_no_other_number(found: Report, tmp_path: Path) -> None:
    (page,) = typeset(newsletter.PICTURE, structured(found), found.cut_off)
    text = printed(page, tmp_path / "text.pdf")
    assert numbers(written(render(found, "news-svg").decode())) == numbers(text)
    pictures = re.findall(r"<svg.*?</svg>", render(found, "html").decode(), re.DOTALL)
    labels = {n for part in found.sections for t in part.tables for n in numbers(str(t.columns))}
    assert numbers(" ".join(map(written, pictures))) <= numbers_of_tables(found) | labels | AXIS


@pytest.mark.parametrize("form", ["png", "phone"])
@pytest.mark.parametrize("found", [(OFFICES[0], YEAR, "", ())], indirect=True, ids=str)
def test_a_picture_with_another_digit_is_seen_to_differ(
    found: Report, form: str, tmp_path: Path
) -> None:
    """Of all digits, 3 and 8 are painted most alike; this report has the smallest letters."""
    template, pixels = PICTURES.get(form, (page_of(found), PIXELS_PER_INCH))
    texts = json.dumps(structured(found)).replace("2018", "2013")
    (other,) = typeset(template, json.loads(texts), found.cut_off)
    assert differs(render(found, form), other, pixels, tmp_path) > ALIKE[form]
