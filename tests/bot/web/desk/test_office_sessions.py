"""Sessions: one browser is signed out, all of one person, or everybody else."""

from storage.office.audit import Act, entries_of
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.desk.conftest import SignIn

ADMINISTRATOR = StaffRole.ADMINISTRATOR


async def test_a_session_is_ended_by_another_and_its_member_may_sign_in_again(
    stage: Stage, signed_in: SignIn
) -> None:
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/sessions")
    await ann.presses("End the session of Bo")
    assert ann.note == "The session of Bo is over."
    assert (await bo.opens("/desk")).status == 401
    assert (await (await signed_in(StaffRole.ORGANISER, "Bo")).opens("/desk")).status == 200
    (line,) = await stage.application.transactions.read(entries_of, Act.SIGNED_OUT)
    assert (line.who, line.about) == ("S-DESKANN", "S-DESKBO")


async def test_everybody_else_is_signed_out(signed_in: SignIn) -> None:
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    again = await signed_in(StaffRole.ORGANISER, "Bo")
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/sessions?do=all&member=S-DESKBO")
    assert "Sign Bo out everywhere? 2 browsers: Bo." in ann.panel
    await ann.presses("Sign them out")
    assert ann.note == "Signed out: Bo. Who needs the desk signs in again."
    assert [(await one.opens("/desk")).status for one in (bo, again, max_)] == [401, 401, 200]
    await ann.follows("Sign everybody else out …")
    await ann.presses("Sign them out")
    assert ann.note == "Signed out: Max. Who needs the desk signs in again."
    assert (await max_.opens("/desk")).status == 401
    await ann.opens("/desk/office/sessions?do=all")
    assert "Nobody else is signed in. Nothing was changed." in ann.errors
    assert (await ann.opens("/desk")).status == 200


async def test_who_comes_in_while_the_question_is_read_is_named_first(signed_in: SignIn) -> None:
    await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/sessions?do=all")
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    await ann.presses("Sign them out")
    assert "This has changed since you looked." in ann.errors
    assert "2 browsers: Max, Bo." in ann.panel
    assert (await max_.opens("/desk")).status == 200
