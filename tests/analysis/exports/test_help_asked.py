"""The bundle for staff has what people asked the office for, and the codebook says what that means."""

from analysis.exports.audience import Audience
from tests.analysis.builder import Story
from tests.analysis.exports.opening import opened
from tests.analysis.sections.test_help_done import asked, changed

NAME = "csv_plain/help_asked.csv"


def test_staff_get_it_by_administration_and_viewers_do_not() -> None:
    story: Story = asked(8)
    assert NAME not in opened(story).names
    changed(story, "AU", "taken up")
    bundle = opened(story)
    rows = bundle.rows("help_asked")
    assert rows[0] == {
        "workshop": "W",
        "administration": "AU",
        "help": "expert",
        "help_label": "Advice from an expert",
        "people": "1",
        "state": "waiting",
    }
    assert [one["state"] for one in rows if one["administration"] == "AU"] == [
        "waiting",
        "taken up",
    ]
    assert b"waiting, taken up, or done" in bundle.read("codebook.json")
    assert NAME not in opened(story, audience=Audience.VIEWER).names
    story.close()
