"""Health at the desk: what the doctor says, with a way out that needs no terminal."""

from bot.operations.health import health_of
from bot.web.desk.pages.office.health import FIXES, PLACES
from storage.office.staff import StaffRole
from storage.operations.heartbeats import HELD, record_heartbeat
from tests.bot.stage import Stage
from tests.bot.web.desk.conftest import SignIn


async def test_it_says_what_the_doctor_says(stage: Stage, signed_in: SignIn) -> None:
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/health")
    working = stage.application
    health = health_of(working.transactions.database, working.office, stage.now)
    assert len(health.checks) > 5
    for check in health.checks:
        assert check.says in ann.text
        assert FIXES.get(check.way, check.fix).replace("`", "") in ann.text
        assert check.way not in PLACES or PLACES[check.way][1] in ann.links
    assert ann.tree.xpath('//*[@id="health"]/@data-live') == ["30"]


async def test_rounds_that_wait_go_on_when_the_clock_is_right(
    stage: Stage, signed_in: SignIn
) -> None:
    await stage.application.transactions.write(record_heartbeat, HELD, stage.now)
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/health")
    assert "followup wave proceed" not in ann.text
    await ann.follows("Go on …")
    stage.now += stage.now.resolution  # the clock goes on while the question is read
    await ann.presses("It is right: go on")
    assert ann.note == "The next round does all that is due."
    assert "Go on …" not in ann.links
