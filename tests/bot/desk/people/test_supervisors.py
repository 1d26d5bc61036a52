"""A supervisor is tied to a participant by a command, as by the column `about` of a list."""

import pytest

from bot.desk.people.supervisors import Supervisor, tie_supervisor
from storage.database import Conflict
from storage.people.enrolments import enrolments_of
from storage.people.participants import participant_with
from surveys.people import Role
from tests.bot.stage import SUVA, Stage

HERE = SUVA.code


async def ties(stage: Stage, person: str, **who: str):  # type: ignore[no-untyped-def]
    office, write = stage.application.office, stage.application.transactions.write
    place = (HERE, person)
    return await write(tie_supervisor, office, place, Supervisor(**who), stage.now)


async def test_a_supervisor_is_enrolled_about_the_participant_and_only_once(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    done = await ties(stage, "P-101", name="Eve Tau", email="eve@ex.org")
    assert f"{done.participant} is asked about P-101, if P-101 agrees." in done.said
    read = stage.application.transactions.read
    eve = await read(participant_with, done.participant)
    (mine,) = await read(enrolments_of, eve.id)
    assert (mine.role, mine.about_enrolment_id) == (Role.SUPERVISOR, ada.enrolments[HERE].id)
    again = await ties(stage, "P-101", code=eve.code)
    assert "Nothing was changed." in again.said
    with pytest.raises(Conflict, match=f"belongs to {eve.code}"):
        await ties(stage, "P-101", name="Eve", email="EVE@ex.org")


async def test_a_supervisor_is_asked_about_one_participant_of_a_workshop(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    await stage.joined("Ben Oti")
    eve = (await ties(stage, "P-101", name="Eve Tau")).participant
    with pytest.raises(Conflict, match=f"{eve} is asked about P-101 in IPR-OC-2017 already"):
        await ties(stage, "P-102", code=eve)
    with pytest.raises(Conflict, match="Give the name of a new person"):
        await ties(stage, "P-102")
    with pytest.raises(Conflict, match=f"{eve} is no participant"):
        await ties(stage, eve, name="Max")
