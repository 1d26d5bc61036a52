"""A chat sends the code of another entry: the office is told and decides if it is one person."""

import pytest

from storage.office.audit import Act, entries
from tests.bot.stage import KASHIWA, SUVA, Person, Stage


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser, after Mele has sent the code of her second entry, in another workshop."""
    stage.at("2018-01-07 12:00")
    eva = stage.visitor("Eva", "901")
    mele = await stage.joined("Mele Fonua", "TO")
    again = await stage.enrol("FONUA Mele", "TO", workshop=KASHIWA)
    await mele.types(f"/start {again.codes[KASHIWA.code]}")
    assert mele.sees("The office has been asked whether both are you.")
    await stage.fieldwork_round()
    assert "has sent the code of P-" in eva.text
    return eva


async def acts(stage: Stage) -> list[Act]:
    return [one.act for one in await stage.application.transactions.read(entries, None)]


async def test_the_office_sees_both_entries_and_joins_them_with_a_way_back(
    stage: Stage, eva: Person
) -> None:
    mele = stage.people["Mele"]
    await eva.taps(eva.labels[0])
    assert eva.text.splitlines()[:2] == [
        f"Mele Fonua (P-{mele.identifier}): IPR-OC-2017 (TO)",
        f"FONUA Mele (P-{stage.people['FONUA'].identifier}): RM-2017 (TO)",
    ]
    await eva.taps("One person")
    assert eva.text.startswith(f"One person, one code: Mele Fonua, P-{mele.identifier}.")
    await stage.fieldwork_round()
    assert mele.sees("The office has confirmed that it is you.")
    await mele.types(f"/start {stage.people['FONUA'].codes[KASHIWA.code]}")
    assert not mele.sees("another entry")
    await eva.taps("Undo")
    assert eva.text == "They are two entries again, as before."
    assert (await acts(stage))[-2:] == [Act.PEOPLE_MERGED, Act.MERGE_UNDONE]


async def test_two_people_stay_two(stage: Stage, eva: Person) -> None:
    await eva.taps(eva.labels[0], "Two people")
    assert eva.text.endswith("stay two people.")
    assert (await acts(stage))[-1] is Act.PEOPLE_APART
    # The chat sends the code again: it is a person's own mistake, and the office has decided.
    fonua = stage.people["FONUA"]
    stage.at("2018-01-20 12:00")
    await stage.people["Mele"].types(f"/start {fonua.codes[KASHIWA.code]}")
    before = eva.text
    await stage.fieldwork_round()
    assert eva.text == before
    assert (await stage.enrolment(stage.people["FONUA"], KASHIWA)).participant_id != (
        await stage.enrolment(stage.people["Mele"], SUVA)
    ).participant_id
