"""The audit log at the desk: its filters, its pages, and its files."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.office.audit import Act, Entry, note_act
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

ADMINISTRATOR = StaffRole.ADMINISTRATOR
FORMULA = "=HYPERLINK(1)"
"""No code looks so; a file must not run it all the same."""


@pytest.fixture
async def ann(signed_in: SignIn) -> Window:
    return await signed_in(ADMINISTRATOR, "Ann")


async def notes(stage: Stage, *lines: tuple[int, str, Act, str]) -> None:
    """Write lines, each some days ago."""

    def written(connection: Connection) -> None:
        for days, who, act, about in lines:
            at = stage.now - timedelta(days=days)
            note_act(connection, Entry(at, who, act, about, {"changes": 1}))

    await stage.application.transactions.write(written)


async def test_lines_are_found_by_who_what_about_and_days(stage: Stage, ann: Window) -> None:
    await notes(
        stage,
        (40, "command line (root)", Act.WAVE_OPENED, "IPR-OC-2017 M6"),
        (2, "S-DESKANN", Act.WAVE_HELD, "IPR-OC-2017 M12"),
        (1, "plan", Act.WAVE_CLOSED, "IPR-OC-20175 M6"),
    )
    for query, expected in (
        ("who=command+line", {"wave opened"}),
        ("who=plan&act=wave+closed", {"wave closed"}),
        ("about=ipr-oc-2017", {"wave opened", "wave held"}),
        ("act=wave+held", {"wave held"}),
        (f"until={stage.now - timedelta(days=3):%Y-%m-%d}", {"wave opened"}),
        ("since=yesterday&act=wave+closed", {"wave closed"}),
    ):
        await ann.opens(f"/desk/office/audit?{query}")
        acts = {one.text for one in ann.tree.xpath('//td[@data-l="What"]')}
        assert acts == expected, query
    assert "No act fits." in (await ann.opens("/desk/office/audit?about=NOBODY")).text
    await ann.opens("/desk/office/audit?since=someday")
    assert "someday" in ann.errors


async def test_a_page_goes_on_where_the_one_before_ended(stage: Stage, ann: Window) -> None:
    await notes(stage, *((9, "plan", Act.WAVE_OPENED, f"W-{n} M6") for n in range(60)))
    await ann.opens("/desk/office/audit?act=wave+opened")
    assert "60 lines." in ann.text
    assert len(ann.tree.xpath("//tbody/tr")) == 50
    await notes(stage, (0, "plan", Act.WAVE_OPENED, "W-NEW M6"))
    await ann.follows("Older")
    assert [one.text_content() for one in ann.tree.xpath('//td[@data-l="About"]')] == [
        f"W-{n} M6" for n in reversed(range(10))
    ]
    await ann.follows("Newest")
    assert "W-NEW M6" in ann.text


async def test_the_files_hold_the_lines_of_the_filter_and_run_nothing(
    stage: Stage, ann: Window
) -> None:
    await notes(stage, (1, "plan", Act.WAVE_OPENED, FORMULA), (1, "plan", Act.WAVE_HELD, "W M6"))
    await ann.opens("/desk/office/audit?act=wave+opened")
    await ann.presses("CSV file of these lines")
    assert 'filename="audit-log-2017-' in ann.answer.headers["content-disposition"]
    heading, row = csv.reader(io.StringIO(ann.answer.content.decode("utf-8-sig")))
    assert heading == ["when", "who", "name", "what", "about", "counts"]
    assert row[1:] == ["plan", "", "wave opened", f"'{FORMULA}", "1 change"]
    await ann.opens("/desk/office/audit?act=exported")
    assert "audit log" in ann.text
    assert "1 line" in ann.text
    await ann.opens("/desk/office/audit?act=wave+opened")
    await ann.presses("Excel file of these lines")
    assert ann.answer.content.startswith(b"PK")
