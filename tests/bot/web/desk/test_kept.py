"""What was typed is not lost: the database is away, the session is over, the form had a mistake."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, make_url, text

from bot.desk.office import staff
from bot.desk.office.signing_in import make_link
from bot.web import Doors
from storage.database import Database
from storage.fieldwork.workshops import find_workshop
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import desk_over
from tests.bot.web.desk.window import Window

WORKSHOP = f"/desk/workshops/{SUVA.code}"
WHY = "The host asked for it,\nby telephone."


Away = Callable[[bool], None]


@pytest.fixture
def away(postgresql: Engine, postgresql_url: str) -> Away:
    """Return a function that takes the database away, and gives it back."""
    name = make_url(postgresql_url).database
    end = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")

    def take(gone: bool) -> None:
        server = postgresql.execution_options(isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {not gone}'))
            if gone:
                connection.execute(end, {"name": name})

    return take


async def test_a_form_that_meets_no_database_is_sent_again_as_it_was_typed(
    postgresql_url: str, away: Away
) -> None:
    async with desk_over(Database(postgresql_url)) as desk:
        ann = await desk.signs_in()
        await ann.opens(f"{WORKSHOP}?do=hold")
        away(True)
        await ann.presses("Hold the workshop", reason=WHY)
        assert (ann.status, ann.heading) == (503, "The database is busy")
        assert ann.tree.xpath("//textarea")[0].value == WHY
        assert (await Window(desk.app).opens("/desk/sign-in/wrong")).status == 503
        away(False)
        await ann.presses("Send it again")
        assert "on hold" in ann.note
        workshop = await desk.transactions.read(find_workshop, SUVA.code)
        assert workshop is not None
        assert workshop.hold_reason == " ".join(WHY.split()) or workshop.hold_reason == WHY


async def test_a_member_who_is_signed_out_meanwhile_still_has_what_was_typed(
    stage: Stage, signed_in: SignIn
) -> None:
    await stage.workshop(SUVA)
    ana = await signed_in()
    await ana.opens(f"{WORKSHOP}?do=hold")
    working = stage.application
    await working.transactions.write(staff.remove, working.office, "S-DESKANA", stage.now)
    await ana.presses("Hold the workshop", reason=WHY)
    assert ana.status == 401
    assert "You are not signed in any more. Nothing was changed." in ana.text
    assert ana.tree.xpath("//textarea")[0].value == WHY
    assert ana.buttons == []


async def test_a_page_from_before_the_member_signed_in_again_still_has_what_was_typed(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await stage.workshop(SUVA)
    ana = await signed_in()
    await ana.opens(f"{WORKSHOP}?do=hold")
    working = stage.application
    link = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    other = Window(app)
    other.client.cookies = ana.client.cookies
    await other.opens(link.path)
    await other.presses("Sign in")
    ana.client.cookies = other.client.cookies
    await ana.presses("Hold the workshop", reason=WHY)
    assert (ana.status, ana.heading) == (403, "This page is out of date")
    assert ana.tree.xpath("//main//textarea")[0].value == WHY
    assert ana.sections[0] == "Today"
    # A form of another site is not shown.
    headers = {"origin": "https://evil.example"}
    sent = await ana.client.post(WORKSHOP, data={"reason": "Call 555"}, headers=headers)
    assert (sent.status_code, "Call 555" in sent.text) == (403, False)


async def test_another_site_gets_nothing_shown_on_the_page_to_sign_in(
    signed_in: SignIn,
) -> None:
    ana = await signed_in()
    await ana.presses("Sign out")
    ana.client.cookies.set("__Host-desk", "over")
    data, headers = {"reason": "Call 555"}, {"origin": "https://evil.example"}
    sent = await ana.client.post(WORKSHOP, data=data, headers=headers)
    assert (sent.status_code, "Call 555" in sent.text) == (401, False)


async def test_a_table_of_a_thousand_rows_is_pasted(stage: Stage, signed_in: SignIn) -> None:
    await stage.workshop(SUVA)
    ana = await signed_in()
    await ana.opens(f"{WORKSHOP}/import")
    rows = "".join(f"Person Number{n}\tTonga\tperson{n}@example.org\n" for n in range(1400))
    await ana.presses("Look at it", table=f"name\tadministration\temail\n{rows}")
    assert ana.status == 200
    assert len(ana.answer.content) < 100_000


async def test_a_mistake_beside_a_reason_keeps_the_reason(stage: Stage, signed_in: SignIn) -> None:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    ana = await signed_in()
    for day in ("the day after", "1 January 2018"):
        await ana.opens(f"{WORKSHOP}/waves/M6?do=hold")
        await ana.presses("Hold this wave", reason="Floods", remind=day)
        assert ana.status in (409, 422)
        assert ana.errors
        fields = dict(ana.tree.forms[-1].form_values())
        assert (fields["reason"], fields["remind"]) == ("Floods", day)


async def test_sending_a_new_member_twice_asks_before_a_second_one(signed_in: SignIn) -> None:
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office?do=add")
    back = ann.answer
    await ann.presses("Make the code", name="Eva", role="organiser")
    ann.answer = back
    await ann.presses("Make the code", name="eva", role="organiser")
    assert "Eva is here already, as S-" in ann.panel
    await ann.opens("/desk/office")
    assert [one for one in ann.buttons if one.startswith("New code")] == ["New code Eva"]
