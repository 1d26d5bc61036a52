"""People of the office: joining by a one-time code, what guessing costs, and what is written down."""

from datetime import timedelta

import pytest

from bot.access.codes import one_time_code
from bot.desk.office import staff
from bot.desk.office.staff import AddedMember, StaffInvitation
from bot.wording import service_messages
from storage.database import Conflict
from storage.office.audit import Act, Entry, entries
from storage.office.staff import StaffRole
from storage.schema import metadata
from surveys.planning.wave_states import UNDO_TIME
from tests.bot.stage import KASHIWA, SUVA, Person, Stage

UNKNOWN = "We do not know this code."
WAIT = "too many wrong codes"


async def added(stage: Stage, role: StaffRole, **what: object) -> AddedMember:
    office = stage.application.office.acting_as("command line (root)")
    wanted = StaffInvitation(role, **what)  # type: ignore[arg-type]
    return await stage.application.transactions.write(staff.add, office, wanted, stage.now)


async def log(stage: Stage) -> list[Entry]:
    return await stage.application.transactions.read(entries)


async def test_a_code_makes_a_chat_staff_once_and_for_a_week(stage: Stage) -> None:
    zoe, ivo = stage.visitor("Zoe", "950"), stage.visitor("Ivo", "951")
    new = await added(stage, StaffRole.ORGANISER, label="Zoe")
    await zoe.types("/wave")
    assert zoe.sees("We do not know this chat yet.")
    await zoe.types(f"/start {new.secret}")
    assert zoe.text.startswith("Welcome Zoe. You are an organiser here. First: send /workshops")
    assert zoe.sees("/wave")
    await ivo.types(f"/start {new.secret}")
    assert ivo.sees(UNKNOWN)
    await zoe.types("/workshops")
    assert zoe.sees("There are no workshops yet.")
    late = await added(stage, StaffRole.ORGANISER)
    stage.now += timedelta(days=7)
    await ivo.types(f"/start {late.secret}")
    assert ivo.sees(UNKNOWN)


async def test_somebody_who_is_removed_has_no_access_from_that_moment_on(stage: Stage) -> None:
    await stage.workshop(SUVA)
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    button = eva.tap_on("Combating counterfeiting")
    await stage.application.transactions.write(
        staff.remove, stage.application.office, "s-901", stage.now
    )
    await eva.sends(button)
    await eva.types("/wave")
    assert eva.sees("We do not know this chat yet.")
    assert not any("Suva" in message.card.text for message in eva.screen)


async def test_a_code_that_was_taken_back_opens_nothing(stage: Stage) -> None:
    new = await added(stage, StaffRole.ADMINISTRATOR)
    await stage.application.transactions.write(
        staff.remove, stage.application.office, new.member.code, stage.now
    )
    zoe = stage.visitor("Zoe", "950")
    await zoe.types(f"/start {new.secret}")
    assert zoe.sees(UNKNOWN)


async def test_c05_codes_cannot_be_guessed_and_guessing_waits_longer_each_time(
    stage: Stage,
) -> None:
    ada = await stage.enrol("Ada Vea")
    guesser = stage.visitor("Gus", "960")
    for code in ("1", "2", "MQ"):
        await guesser.types(f"/start {code}")
        assert guesser.sees(UNKNOWN)
    await guesser.types("/start 3")
    await guesser.types(f"/start {ada.codes[SUVA.code]}")
    assert guesser.sees(WAIT)
    stage.now += timedelta(minutes=1)
    await guesser.types("/start 4")
    stage.now += timedelta(minutes=1)
    await guesser.types("/start 5")
    assert guesser.sees(WAIT)
    assert not any("Ada" in message.card.text for message in guesser.screen)
    stage.now += timedelta(minutes=1)
    await guesser.types(f"/start {ada.codes[SUVA.code]}")
    assert guesser.sees("Hello Ada Vea.")


async def test_administrators_are_told_once_of_guesses_and_nobody_of_the_chat(
    stage: Stage,
) -> None:
    ann, eva = stage.visitor("Ann", "904"), stage.visitor("Eva", "901")
    guesser = stage.visitor("Gus", "9604711328")
    for number in range(9):
        await guesser.types(f"/start {one_time_code()}")
        stage.now += timedelta(days=1)
        assert guesser.sees(UNKNOWN), number
    await stage.fieldwork_round()
    await stage.fieldwork_round()
    assert [message.card.text.count("wrong codes") for message in ann.screen] == [1]
    assert eva.screen == []
    guessed = [one for one in await log(stage) if one.act is Act.GUESSED]
    assert [one.counts for one in guessed] == [{"codes": 6}]
    stored = [
        str(row) for table in metadata.sorted_tables for row in await stage.rows(table.select())
    ]
    assert not any(guesser.identifier in row for row in stored)


async def test_c04_a_code_can_be_typed_and_a_damaged_one_gets_a_clear_reply(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    code = ada.codes[SUVA.code]
    assert len(code) <= 64
    assert code.isalnum()
    await ada.types(f"/start {code[:-2]}")
    assert ada.sees(UNKNOWN)
    await ada.types("-".join(code[at : at + 5] for at in range(0, len(code), 5)).lower())
    assert ada.sees("Hello Ada Vea.")
    await ada.types(f"/start {code}")
    assert ada.sees("Hello Ada Vea.")


async def test_a_manager_sees_the_workshops_of_the_scope_and_no_button_of_another(
    stage: Stage,
) -> None:
    await stage.workshop(SUVA)
    await stage.workshop(KASHIWA)
    max_, mia = stage.visitor("Max", "903"), stage.visitor("Mia", "950")
    new = await added(stage, StaffRole.MANAGER, workshops=[KASHIWA.code])
    await mia.types(f"/start {new.secret}")
    await mia.types("/report")
    assert mia.labels == [
        "Risk management and post-seizure analysis, Kashiwa, Mon 4 December 2017"
    ]
    await max_.types("/report")
    of_suva = max_.tap_on("Combating counterfeiting").token
    tap = mia.tap_on("Risk management")
    await mia.sends(type(tap)(mia.sender, of_suva, tap.ref))
    assert mia.sees("You do not have access to this workshop. Ask ROCB A/P.")


async def test_a_scope_must_exist_and_binds_managers_only(stage: Stage) -> None:
    await stage.workshop(SUVA)
    with pytest.raises(Conflict, match="NOWHERE"):
        await added(stage, StaffRole.MANAGER, workshops=["NOWHERE"])
    with pytest.raises(Conflict, match="Only managers"):
        await added(stage, StaffRole.ORGANISER, workshops=[SUVA.code])


async def test_what_staff_do_is_written_down_with_codes_and_without_names(stage: Stage) -> None:
    await stage.workshop(SUVA)
    stage.people.clear()
    ada = await stage.joined("Ada Vea")
    stage.at("2018-06-07 12:00")
    eva, max_ = stage.visitor("Eva", "901"), stage.visitor("Max", "903")
    await eva.types("/wave")
    await eva.taps("Combating counterfeiting", "M6", "Open now", "Yes")
    stage.now += UNDO_TIME
    await eva.taps("Refresh", "Hold", "Release", "Close now", "Yes", "Open again")
    await max_.types("/report")
    await max_.taps("Combating counterfeiting")
    lines = [(one.who, str(one.act), one.about) for one in await log(stage)]
    assert lines[-6:] == [
        ("S-901", "wave opened", "IPR-OC-2017 M6"),
        ("S-901", "wave held", "IPR-OC-2017 M6"),
        ("S-901", "wave released", "IPR-OC-2017 M6"),
        ("S-901", "wave closed", "IPR-OC-2017 M6"),
        ("S-901", "wave opened again", "IPR-OC-2017 M6"),
        ("S-903", "report made", "IPR-OC-2017: picture"),
    ]
    assert not any(ada.name in str(one) or ada.identifier in str(one) for one in lines)


async def test_a_second_organiser_reads_who_opened_the_wave(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    stage.at("2018-06-07 12:00")
    eva, fay = await looks_at_m6(stage, "Eva", "901"), await looks_at_m6(stage, "Fay", "902")
    await eva.taps("Open now", "Yes")
    await fay.taps("Open now")
    opened = "was already opened on Thu 7 June 2018, 06:00 in Bangkok, by Eva"
    said = f"IPR-OC-2017 M6 {opened}. Nothing was changed."
    assert fay.notice == said


async def looks_at_m6(stage: Stage, name: str, identifier: str) -> Person:
    person = stage.visitor(name, identifier)
    await person.types("/wave")
    await person.taps("Combating counterfeiting", "M6")
    return person


def test_the_texts_for_wrong_codes_name_nobody() -> None:
    assert (
        "{name}"
        not in service_messages.CODE_UNKNOWN
        + service_messages.CODE_USED
        + service_messages.CODES_TOO_MANY
    )
