"""Surveys of administrations: answered once for each, saved on the way, and taken again."""

from datetime import date

from analysis.reports.audiences import Wishes
from analysis.reports.survey import build_survey
from surveys.people import Role
from surveys.workshop import SURVEY, Workshop
from tests.bot.stage import Stage

IPR_2018 = Workshop(
    code="IPR-SELF-2018",
    title="Protection of intellectual property rights at the border",
    kind=SURVEY,
    starts_on=date(2018, 2, 5),
    ends_on=date(2018, 2, 5),
    city="Bangkok",
    country="TH",
    plan="ipr",
)


async def test_an_administration_assesses_itself_in_two_sittings_and_again_after_a_year(
    stage: Stage,
) -> None:
    stage.at("2018-02-01 12:00")
    mele = await stage.enrol("Mele Tupou", "TO", workshop=IPR_2018, role=Role.CONTACT_POINT)
    sina = await stage.enrol("Sina Fifita", "TO", workshop=IPR_2018, role=Role.CONTACT_POINT)
    for person in (mele, sina):
        await person.joins(IPR_2018)
        assert (
            "is asking administrations about: Protection of intellectual property" in person.text
        )
        assert "took part" not in person.text
        await person.taps("I agree")
    await stage.opens("IPR", "2018-02-05 09:30")
    await mele.taps("Start")
    # Another contact point of the same administration is not asked as well.
    assert "/continue" not in sina.text and "Start" not in sina.labels
    assert "Category 1 of 9: Policy and strategy" in mele.text
    await mele.taps("Not yet", "Not yet", "None yet")

    stage = stage.reopened()
    await mele.types("/continue")
    assert "Question 4 of about 19" in mele.text
    await mele.taps("Not yet", "Not yet", "None yet")
    for _ in range(11):
        await mele.taps("Skip")
    await mele.taps("1 Policy and strategy", "6 Targeting", "Done")
    await mele.types("Risk unit")
    await mele.taps("Within 6 months")
    await mele.types("Risk unit")
    await mele.taps("Within 3 months", "Yes, they may")
    assert "Your order: 1 Policy and strategy, 6 Targeting." in mele.text
    assert "You plan to work on 6, but nothing is in place yet in 1, 2, 3." in mele.text

    await stage.opens("IPR12", "2019-02-05 09:30")
    await mele.taps("Start", "Yes", "Yes")
    for _ in range(17):
        await mele.taps("Skip")
    assert "Since last time, you have made progress in: 1." in mele.text

    letter = await stage.application.transactions.read(
        build_survey, IPR_2018.code, stage.now, Wishes("member", "TO", survey="IPR12")
    )
    assert letter.sections[0].tables[0].rows[:2] == (
        ("1 Policy and strategy", "nothing yet", "in place"),
        ("2 Organisational structure", "nothing yet", "not known"),
    )
