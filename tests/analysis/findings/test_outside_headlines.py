"""Title and figures for readers outside the office say the same of one number."""

from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def test_both_halves_of_a_title_outside_say_at_least_as_their_headlines_do() -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:30]):
        anchors = {"anchors": "procedure", "anchor_status_procedure": "new"}
        said = anchors | {"title_procedure": "Order 12 of 2018"} if number < 8 else {}
        use = "regular" if number < 14 else "not_yet"
        told.answers(told.person("RM", place), "M6", use_1=use, **said)
    found = build(told.connection, None, CUT_OFF, Wishes("good_practice"))
    texts = {one.key: one.text.partition(" of ")[0] for one in found.headlines}
    assert texts["embedded"] == "at least 8"
    assert f"in {texts['in_regular_use']} of 30" in found.title
    assert f"; in {texts['embedded']} it is new" in found.title
