"""One person is taken off a workshop and put back; the answers stay, in no report."""

import pytest

from analysis.facts.frames import load
from bot.desk.people.removing import remove_person, restore_person
from bot.desk.waves import acts
from bot.fieldwork.progress import wave_progress
from storage.database import NotFound
from storage.office.audit import Act, entries
from surveys.people import RemovalReason, Role
from tests.bot.stage import SUVA, Person, Stage

HERE = SUVA.code
DID_NOT_COME = RemovalReason.DID_NOT_COME


async def removes(stage: Stage, who: Person, why: RemovalReason = DID_NOT_COME) -> str:
    office, write = stage.application.office, stage.application.transactions.write
    place = (HERE, f"p-{who.identifier}")
    return (await write(remove_person, office, place, why, stage.now)).said


async def restores(stage: Stage, who: Person) -> str:
    office, write = stage.application.office, stage.application.transactions.write
    done = await write(restore_person, office, (HERE, f"P-{who.identifier}"), stage.now)
    return done.said


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, who has begun M6, and Ben, who has not."""
    ada = await stage.joined("Ada Vea")
    await stage.joined("Ben Oti")
    await stage.opens("M6", "2018-06-08 11:29")
    await ada.taps("Start")
    return ada


async def test_a_removed_person_is_sent_nothing_and_the_open_card_says_so(
    stage: Stage, ada: Person
) -> None:
    ben = stage.people["Ben"]
    asked = ada.tap_on("Skip")
    assert await removes(stage, ben) == "P-102 is removed from IPR-OC-2017."
    told = await removes(stage, ada)
    assert told.startswith("P-101 is removed from IPR-OC-2017.")
    await ada.sends(asked)
    assert ada.sees("The office has taken you off the list of this workshop")
    before = len(ben.screen)
    stage.at("2018-06-20 12:00")
    await stage.fieldwork_round()
    assert len(ben.screen) == before
    await ben.types("/continue")
    assert ben.sees("We have no questions for you at the moment.")


async def test_the_wave_and_the_report_leave_a_removed_person_out_until_they_are_back(
    stage: Stage, ada: Person
) -> None:
    await ada.taps(ada.labels[0])
    read = stage.application.transactions.read

    async def counts() -> tuple[int, int, int, int]:
        progress = await read(wave_progress, HERE, "M6")
        frames = await read(load, [HERE])
        people = len(frames.enrolments)
        return progress.cases, people, len(frames.cases), len(frames.answers)

    before = await counts()
    assert "1 answer stays with the office, in no report." in await removes(stage, ada)
    assert await counts() == (1, 1, 1, 0)
    assert "from IPR-OC-2017 already, since Fri 8 June 2018 (did-not" in await removes(stage, ada)
    shown = await read(acts.preview_wave, stage.application.office, HERE, "M6", stage.now)
    assert [one.name for one in shown.messages] == ["Ben Oti"]
    # Nothing is lost when the wave closes meanwhile.
    stage.at("2018-07-20 12:00")
    await stage.fieldwork_round()
    assert (await stage.case(ada, "M6")).closed_at is None
    assert await restores(stage, ada) == "P-101 is in IPR-OC-2017 again, with all answers."
    assert await counts() == before
    assert (await stage.case(ada, "M6")).disposition == "break_off"
    assert "Nothing was changed" in await restores(stage, ada)
    mine = (Act.PERSON_REMOVED, Act.PERSON_RESTORED)
    noted = [(one.act, one.about) for one in await read(entries) if one.act in mine]
    assert noted == [
        (Act.PERSON_REMOVED, "P-101 IPR-OC-2017 did-not-come"),
        (Act.PERSON_RESTORED, "P-101 IPR-OC-2017"),
    ]


async def test_a_supervisor_is_asked_nothing_new_about_a_removed_participant(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.joined("Eve Tau", role=Role.SUPERVISOR, about=ada)
    assert "Supervisor: P-102" in await removes(stage, ada, RemovalReason.WRONG_LIST)


async def test_only_people_of_a_workshop_can_be_removed_from_it(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    office, write = stage.application.office, stage.application.transactions.write
    with pytest.raises(NotFound, match="no workshop"):
        await write(remove_person, office, ("X", f"P-{ada.identifier}"), DID_NOT_COME, stage.now)
    with pytest.raises(NotFound, match="no participant"):
        await write(remove_person, office, (HERE, "P-X"), DID_NOT_COME, stage.now)


async def test_a_code_of_a_workshop_from_which_somebody_was_removed_says_so(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    await removes(stage, ada, RemovalReason.WRONG_LIST)
    await ada.joins()
    assert ada.sees("The office has taken you off the list of this workshop")
    await restores(stage, ada)
    await ada.types("/continue")
    await ada.taps("I agree")
    assert (await stage.enrolment(ada)).consented_at is not None
