"""A contact point moves on: the successor takes over by joining, and not before."""

import pytest

from bot.desk.people.handover import Successor, hand_over
from bot.desk.waves import acts
from storage.database import Conflict
from surveys.people import Role
from tests.bot.stage import Stage


async def test_the_administration_is_asked_through_the_successor_once_they_have_joined(
    stage: Stage,
) -> None:
    nia = await stage.joined("Nia Fonua", role=Role.CONTACT_POINT)
    leo = stage.visitor("Leo", "940")
    office, transactions = stage.application.office, stage.application.transactions
    given = await transactions.write(hand_over, office, "P-101", Successor("Leo Tau"), stage.now)
    assert given.workshops == ("IPR-OC-2017",)
    assert (await stage.enrolment(nia)).active
    with pytest.raises(Conflict, match="successor already"):
        await transactions.write(hand_over, office, "P-101", Successor("Leo Tau"), stage.now)
    await leo.types(f"/start {given.secret}")
    assert leo.sees("Hello Leo Tau.")
    assert not (await stage.enrolment(nia)).active
    await leo.taps("I agree")
    stage.at("2018-12-10 11:29")
    before = len(nia.screen)
    await stage.fieldwork_round()
    assert leo.sees("Start")
    assert len(nia.screen) == before


async def test_a_questionnaire_that_is_handed_over_half_way_is_no_refusal(stage: Stage) -> None:
    nia = await stage.joined("Nia Fonua", role=Role.CONTACT_POINT)
    leo = stage.visitor("Leo", "940")
    office, transactions = stage.application.office, stage.application.transactions
    await stage.opens("NCP12", "2018-12-10 11:29")
    await nia.taps("Start")
    given = await transactions.write(hand_over, office, "P-101", Successor("Leo Tau"), stage.now)
    await leo.types(f"/start {given.secret}")
    await leo.taps("I agree")
    await nia.taps("Skip")
    assert nia.sees("Your successor now answers these questions")
    shown = await transactions.read(acts.preview_wave, office, "IPR-OC-2017", "NCP12", stage.now)
    reasons = {one.name: one.reason for one in shown.messages}
    assert reasons["Nia Fonua"] == "has handed over to a successor"
    # A stop that she takes back does not bring the questions back to her.
    await nia.types("/stop")
    await nia.taps("Send me messages again")
    assert not (await stage.enrolment(nia)).active
    stage.at("2018-12-11 11:29")
    await stage.fieldwork_round()
    assert leo.sees("Start")
    stage.at("2019-01-07 12:00")
    await stage.fieldwork_round()
    case = await stage.case(nia, "NCP12")
    assert (case.disposition, case.disposition_detail) == ("not_eligible", "handed_over")


async def test_only_contact_points_hand_over(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    with pytest.raises(Conflict, match="not a contact point"):
        await stage.application.transactions.write(
            hand_over, stage.application.office, "P-101", Successor("Ben"), stage.now
        )
