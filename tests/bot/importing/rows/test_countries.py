"""Countries and cities as lists write them: short, formal, in other languages and scripts."""

import pytest

from bot.importing.calendars.places import read_place
from bot.importing.rows.countries import country_code, suggestion
from surveys.planning.administrations import packaged_administrations

KNOWN = packaged_administrations()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Rep. of Korea", "KR"),
        ("Korea (Rep.)", "KR"),
        ("Korea, Republic of", "KR"),
        ("DPR Korea", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Solomon Is.", "SB"),
        ("Marshall Is.", "MH"),
        ("Iran (Islamic Republic of)", "IR"),
        ("China, People's Republic of", "CN"),
        ("Republic of China", None),
        ("Micronesia, Federated States of", "FM"),
        ("Democratic Republic of the Congo", "CD"),
        ("Independent State of Samoa", "WS"),
        ("People's Republic of Bangladesh", "BD"),
        ("Lao P.D.R.", "LA"),
        ("FJI", "FJ"),
        ("日本", "JP"),
        ("Япония", "JP"),
        ("ژاپن", "JP"),
        ("កម្ពុជា", "KH"),
        ("ประเทศญี่ปุ่น", "JP"),
        ("ญี่ปุ่น", "JP"),
        ("Philippinen", "PH"),
        ("Nouvelle-Zélande", "NZ"),
        ("Монгол", "MN"),
        ("Nowhere", None),
    ],
)
def test_a_country_is_known_however_it_is_written(written: str, code: str | None) -> None:
    assert country_code(written, KNOWN) == code


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("東京", ("東京", "JP")),
        ("Куала-Лумпур", ("Куала-Лумпур", "MY")),
        ("서울", ("서울", "KR")),
        ("กรุงเทพฯ", ("กรุงเทพฯ", "TH")),
        ("Hotel Holiday, Suva", ("Suva", "FJ")),
        ("Nuku’alofa", ("Nuku’alofa", "TO")),
        ("Sydney, Canada", ("Sydney", "CA")),
        ("Springfield", ("Springfield", "")),
        ("Online", ("", "")),
    ],
)
def test_a_city_of_the_region_names_its_country(written: str, place: tuple[str, str]) -> None:
    assert read_place(written, KNOWN) == place


def test_a_suggestion_is_likely_or_none() -> None:
    assert suggestion("Vanautu", KNOWN) == "Is it Vanuatu, VU?"
    assert suggestion("New Office", KNOWN) == ""
    assert suggestion("Wakanda", KNOWN) == ""
