"""The pages of reports: who sees which workshop, the files, and own words one at a time."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from storage.office.audit import Act, entries_of
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.web.desk.conftest import SignIn

MANAGER = StaffRole.MANAGER
PAGE = f"/desk/reports/{SUVA.code}"


@pytest.fixture
async def ada(stage: Stage) -> Person:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await stage.joined("Ada Vea")


async def test_a_manager_sees_the_workshops_of_the_scope_only(
    ada: Person, signed_in: SignIn
) -> None:
    max_ = await signed_in(MANAGER, "Max")
    await max_.opens("/desk/reports")
    await max_.follows("Combating counterfeiting and piracy for Oceania")
    assert max_.heading == "Results: Combating counterfeiting and piracy for Oceania"
    eva = await signed_in(MANAGER, "Eva", ("RM-2017",))
    await eva.opens("/desk/reports")
    assert "There are no results yet." in eva.text
    assert (await eva.opens(PAGE)).status == 404


async def test_a_report_without_answers_is_said_in_a_sentence(
    ada: Person, signed_in: SignIn
) -> None:
    max_ = await signed_in(MANAGER, "Max")
    await max_.opens(PAGE)
    assert "No responses" in max_.text
    assert "Get the file" not in max_.buttons


async def test_organisers_get_all_answers_as_data_and_managers_do_not(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens(PAGE)
    await ana.presses("Get the data")
    name = f'attachment; filename="{SUVA.code}-data.zip"'
    assert ana.answer.headers["content-disposition"] == name
    with ZipFile(BytesIO(ana.answer.content)) as bundle:
        assert any(one.endswith(".csv") for one in bundle.namelist())
    told = await stage.application.transactions.read(entries_of, Act.EXPORTED)
    assert [one.about.partition(":")[0] for one in told] == [SUVA.code]
    max_ = await signed_in(MANAGER, "Max")
    await max_.opens(PAGE)
    assert "Get the data" not in max_.buttons


async def test_where_no_text_waits_the_page_of_own_words_says_so(
    ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens("/desk/reports/words")
    assert "No text waits to be read." in ana.text
