"""The office page: staff, sessions, health, and the audit log."""

from bot.web import Doors
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

ADMINISTRATOR = StaffRole.ADMINISTRATOR


async def test_somebody_is_added_with_a_code_that_works_in_chat(
    stage: Stage, signed_in: SignIn
) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office?do=add")
    await ann.presses("Make the code", name="Eva")
    assert "Choose manager, organiser or administrator." in ann.errors
    await ann.presses("Make the code", name="Eva", role="organiser")
    code = ann.tree.xpath('//p[@class="huge"]')[0].text_content().split()[-1]
    eva = stage.visitor("Eva", "777")
    await eva.types(f"/start {code}")
    assert eva.sees("Welcome Eva. You are an organiser here.")


async def test_a_manager_is_bound_to_a_workshop_that_exists(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office?do=add")
    await ann.presses("Make the code", name="Max", role="manager", scope="NO-2017")
    assert "There is no workshop or donor NO-2017. Nobody was added." in ann.errors


async def test_an_access_ends_at_once_in_the_browser_too(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    await ann.opens("/desk/office")
    await ann.follows("End access … Bo")
    await ann.presses("End the access")
    assert ann.note == "Bo has no access any more."
    assert (await bo.opens("/desk")).status == 401


async def test_a_session_is_ended_by_another_and_its_member_may_sign_in_again(
    signed_in: SignIn,
) -> None:
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office")
    await ann.presses("End the session of Bo")
    assert ann.note == "The session of Bo is over."
    assert (await bo.opens("/desk")).status == 401
    assert (await (await signed_in(StaffRole.ORGANISER, "Bo")).opens("/desk")).status == 200


async def test_a_link_for_a_colleague_signs_in(signed_in: SignIn, app: Doors) -> None:
    await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office")
    await ann.presses("Link to sign in Bo")
    link = ann.tree.xpath("//textarea")[0].value
    window = Window(app)
    await window.opens("/desk/" + link.partition("/desk/")[2])
    assert "You sign in as Bo, organiser." in window.text
    assert (await window.presses("Sign in")).sections[0] == "Today"


async def test_an_address_is_set_replaced_and_put_back(signed_in: SignIn) -> None:
    await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office")
    await ann.follows("Address … Bo")
    await ann.presses("Save the address", email="bo@example")
    assert "This is not an e-mail address" in ann.errors
    await ann.presses("Save the address", email="bo@example.org")
    assert ann.note == "S-DESKBO can ask for letters to sign in with this address."
    await ann.follows("Address … Bo")
    await ann.presses("Save the address", email="bo@other.example")
    assert ann.note.endswith("No letter goes to the address before.")
    await ann.presses("Undo")
    assert "bo@example.org" in ann.text
    assert "other.example" not in ann.text
    await ann.follows("Address … Bo")
    await ann.presses("Save the address")
    assert ann.note == "S-DESKBO has this address already. Nothing was changed."
    await ann.follows("Address … Ann")
    await ann.presses("Save the address", email="Bo@Example.org")
    assert "This address belongs to S-DESKBO." in ann.errors
    await ann.opens("/desk/office/audit?q=address")
    assert ann.text.count("address of staff changed") == 3
    assert "example.org" not in ann.text


async def test_the_log_is_searched(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/audit?q=signed+ann")
    assert "Ann signed in S-DESKANN" in ann.text
    assert "Nothing with “nobody”." in (await ann.opens("/desk/office/audit?q=nobody")).text
