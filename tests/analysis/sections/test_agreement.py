"""Agreement of sources in the annex of the office's report."""

from analysis.findings.reading import read_outside
from analysis.sections.agreement import sources
from tests.analysis.builder import CUT_OFF, PLACES, Story

PAIRS = (
    ("new", "new"),
    ("new", "not_in_force"),
    ("drafted", "before"),
    ("drafted", "not_in_force"),
)


def agreeing(places: int) -> Story:
    """An officer and a supervisor of each administration speak of two kinds."""
    told = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:places]):
        officer, seen = PAIRS[number % 4]
        kinds = ("procedure", "training")
        told.answers(
            told.person("TFA", place),
            "M6",
            anchors=" ".join(kinds),
            **{f"anchor_status_{kind}": officer for kind in kinds},
        )
        told.answers(
            told.person("TFA", place, "supervisor"),
            "SUP6",
            anchors=" ".join(kinds),
            **{f"anchor_seen_{kind}": seen for kind in kinds},
        )
    return told


def test_pairs_are_counted_with_kappa() -> None:
    found = sources(agreeing(8).reading())
    assert found.annex
    assert found.tables[0].rows == (("6 months", 4, 4, 4, 4, 16, 8, "0.00"),)


def test_under_ten_pairs_there_are_counts_and_no_kappa() -> None:
    assert sources(agreeing(4).reading()).tables[0].rows == (("6 months", 2, 2, 2, 2, 8, 4, "–"),)


def test_it_is_for_the_office_and_stands_nowhere_without_a_pair() -> None:
    reading = read_outside(agreeing(8).frames(), None, CUT_OFF)
    assert reading is not None
    assert not sources(reading).filled
    assert not sources(Story().workshop("TFA").reading()).filled
