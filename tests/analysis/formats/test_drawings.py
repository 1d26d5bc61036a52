"""Pictures as they stand in a page: those of the files, with titles."""

import re
from xml.etree import ElementTree

import pytest

from analysis.formats.drawings import Drawings, drawings
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF
from tests.analysis.large import a_whole_year

SVG = "{http://www.w3.org/2000/svg}"
BAR = re.compile(r'<path fill="#a9c8e4"[^>]* d="M 0 0v 6h ([\d.]+)v -6Z')


@pytest.fixture(scope="module", params=["en", "fa"])
def report(request: pytest.FixtureRequest) -> Report:
    return build(a_whole_year().connection, None, CUT_OFF, Wishes(language=request.param))


@pytest.fixture(scope="module")
def drawn(report: Report) -> Drawings:
    return drawings(report)


def test_each_picture_is_a_whole_file_with_its_letters(drawn: Drawings) -> None:
    for svg in (one.svg for one in drawn.pictures.values()):
        assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
        known = re.findall(r'<symbol id="(\w+)"', svg)
        assert known
        assert set(re.findall(r'<use href="#(\w+)"', svg)) == set(known)
        assert "said:" not in svg
        assert "style=" not in svg


def test_each_bar_of_a_tally_has_the_length_and_the_title_of_its_row(
    report: Report, drawn: Drawings
) -> None:
    tables = {(part.key, one.key): one for part in report.sections for one in part.tables}
    tallies = [place for place in drawn.pictures if tables[place].chart == "bars"]
    assert len(tallies) > 5
    for place in tallies:
        svg, table, colon = drawn.pictures[place].svg, tables[place], report.labels["colon"]
        titles = [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]
        assert titles == [f"{row[0]}{colon}{row[2]}" for row in table.rows]
        lengths = [float(one) for one in BAR.findall(svg)]
        counts = [row[1] for row in table.rows if isinstance(row[1], int) and row[1]]
        assert lengths == pytest.approx(
            [max(lengths) * count / max(counts) for count in counts], abs=0.05
        )
