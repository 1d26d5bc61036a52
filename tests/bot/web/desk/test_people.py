"""People and Find: who is found by what, and the states of people."""

from unicodedata import normalize

from tests.bot.stage import KASHIWA, Stage
from tests.bot.web.desk.conftest import SignIn


async def test_w15_everybody_is_listed_with_a_state_and_found_however_the_name_is_typed(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.at("2018-06-07 12:00")
    names = ("Ada Vea", "Nguyễn Thị Mai", "ใจดี สุข", "رضائی")
    await stage.joined("Ada Vea")
    await stage.enrol("Nguyễn Thị Mai", "VN", workshop=KASHIWA)
    await stage.enrol("ใจดี สุข", "TH")
    await stage.enrol("رضائی", "IR")
    ana = await signed_in()
    await ana.opens("/desk/people")
    assert ana.heading == "People"
    assert {"All 4", "not joined yet 3", "reached 1"} <= set(ana.links)
    await ana.follows("reached 1")
    assert "Ada Vea" in ana.links
    assert "ใจดี สุข" not in ana.links
    typed_names = (
        "Nguyen",
        "nguyễn",
        normalize("NFD", "nguyễn"),
        "Thi Mai NGUYEN",
        "ใจดี",
        "rezai",
    )
    for typed in (*typed_names, "P-101", "IPR-OC-2017 thai"):
        await ana.opens("/desk/people")
        await ana.presses("Search", q=typed)
        assert sum(link in names for link in ana.links) == 1, typed
    await ana.presses("Search", q="<b>nobody")
    assert "Nobody is found." in ana.text


async def test_the_only_hit_is_opened_and_several_are_listed(
    stage: Stage, signed_in: SignIn
) -> None:
    await stage.enrol("Ada Vea")
    await stage.enrol("Mele Vea")
    await stage.workshop(KASHIWA)
    ana = await signed_in()
    await ana.opens("/desk/find?q=mele")
    assert ana.heading == "Mele Vea"
    await stage.enrol("رضائی", "IR")
    await ana.opens("/desk/find?q=Rezai")
    assert ana.heading == "رضائی"
    await ana.opens("/desk/find?q=p-101")
    assert ana.heading == "Ada Vea"
    await ana.opens("/desk/find?q=vea")
    assert [link for link in ana.links if "Vea" in link] == ["Ada Vea", "Mele Vea"]
    await ana.opens("/desk/find?q=risk")
    assert ana.path == f"/desk/workshops/{KASHIWA.code}"
    await ana.opens("/desk/find?q=zzz")
    assert "Nothing is called “zzz”." in ana.text
    assert "Type a name" in (await ana.opens("/desk/find")).text
