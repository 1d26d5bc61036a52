"""The page of the staff: who comes in, as what, and who goes."""

from dataclasses import replace

from bot.web import Doors
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Stage
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
    await ann.presses("End access …")
    assert "Eva, organiser. The access ends at once" in ann.panel


async def test_a_manager_is_bound_to_a_workshop_that_exists(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office?do=add")
    await ann.presses("Make the code", name="Max", role="manager", workshops="NO-2017")
    assert "There is no workshop or donor NO-2017. Nothing was changed." in ann.errors


async def test_an_access_ends_at_once_in_the_browser_too(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    await ann.opens("/desk/office")
    await ann.follows("End access … Bo")
    await ann.presses("End the access")
    assert ann.note == "Bo has no access any more."
    assert (await bo.opens("/desk")).status == 401
    await ann.presses("Undo")
    assert ann.note.startswith("Bo has access again, as before.")
    assert (await bo.opens("/desk")).status == 401


async def test_the_last_administrator_stays(stage: Stage, signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office?do=add")
    await ann.presses("Make the code", name="Eva", role="administrator")
    await ann.opens("/desk/office?do=remove&member=S-DESKANN")
    await ann.presses("End the access")
    assert "S-DESKANN is the last administrator who has come in." in ann.errors
    await ann.opens("/desk/office?do=role&member=S-DESKANN")
    await ann.presses("Save the role", role="organiser")
    assert "First add another one, who joins in chat or signs in." in ann.errors
    await signed_in(ADMINISTRATOR, "Bea")
    await ann.opens("/desk/office?do=role&member=S-DESKANN")
    await ann.presses("Save the role", role="organiser")
    assert ann.status == 401


async def test_a_role_holds_at_once_and_is_put_back_unless_changed_since(
    stage: Stage, signed_in: SignIn
) -> None:
    await stage.workshop(replace(SUVA, donors=("CCF Japan",)))
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office")
    await ann.follows("Role … Bo")
    await ann.presses("Save the role", role="manager", donors="CCF Japan", workshops="ipr-oc-2017")
    assert ann.note.startswith("S-DESKBO is manager of IPR-OC-2017, CCF Japan now.")
    assert (await bo.opens("/desk")).status == 401
    bea = await signed_in(ADMINISTRATOR, "Bea")
    await bea.opens("/desk/office")
    await bea.follows("Role … Bo")
    assert "CCF Japan" in bea.tree.xpath('//input[@name="donors"][@checked]/@value')
    await bea.presses("Save the role", workshops="")
    assert bea.note == (
        "S-DESKBO is manager of CCF Japan now. It was: manager of IPR-OC-2017, CCF Japan."
    )
    await ann.presses("Undo")
    assert "Somebody has changed S-DESKBO since: manager of CCF Japan now." in ann.errors
    await bea.presses("Undo")
    assert bea.note.startswith("S-DESKBO is manager of IPR-OC-2017, CCF Japan now.")
    assert "Changed back under Office" in (await bea.opens("/desk")).text
    await bea.opens("/desk/office?do=role&member=S-DESKBO")
    await bea.presses("Save the role", workshops="")
    await bea.follows("Role … Bo")
    await bea.presses("Save the role")
    assert bea.note == "S-DESKBO is manager of CCF Japan already. Nothing was changed."


async def test_done_lately_takes_back_what_only_administrators_may(signed_in: SignIn) -> None:
    await signed_in(StaffRole.MANAGER, "Max")
    ann = await signed_in(ADMINISTRATOR, "Ann")
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    await ann.opens("/desk/office?do=role&member=S-DESKMAX")
    await ann.presses("Save the role", role="organiser")
    undo = "Undo of role of staff changed S-DESKMAX organiser was manager"
    assert undo not in (await bo.opens("/desk")).buttons
    await ann.opens("/desk")
    await ann.presses(undo)
    assert ann.note.startswith("S-DESKMAX is manager now.")
    await ann.opens("/desk/office?do=remove&member=S-DESKMAX")
    await ann.presses("End the access")
    await ann.opens("/desk")
    await ann.presses("Undo of staff removed S-DESKMAX")
    assert ann.note.startswith("Max has access again, as before.")


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
    await ann.opens("/desk/office/audit?act=address+of+staff+changed")
    assert ann.text.startswith("3 lines.", ann.text.index("Show all") + 9)
    assert "example.org" not in ann.text
