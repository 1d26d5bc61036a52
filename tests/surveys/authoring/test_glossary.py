"""One term for one thing: the catalogues keep to their glossaries."""

from functools import lru_cache

import pytest
from babel.messages.catalog import Catalog

from surveys.authoring.glossary import (
    Departure,
    Term,
    all_departures,
    departures,
    exceptions,
    glossary_languages,
    is_accepted,
    terms_in,
    terms_of,
)
from surveys.wording import ENGLISH, worded_languages
from tests.places import ROOT

FOLDERS = [
    ROOT / "surveys" / "locale",
    ROOT / "surveys" / "library" / "translations",
    ROOT / "analysis" / "locale",
]
OFFICE = Term(("office",), ("bureau",))
REGIONAL = Term(("regional office",), ("bureau régional",))
LAW = Term(("law", "statute"), ("loi",))


@lru_cache
def all_that_leave() -> tuple[Departure, ...]:
    """All departures. It takes a second: all terms are looked for in all messages."""
    return tuple(all_departures(FOLDERS))


def test_no_message_leaves_the_glossary_of_its_language() -> None:
    accepted = exceptions()
    left = [str(one) for one in all_that_leave() if not is_accepted(one, accepted)]
    assert left == [], "use the term, or add an exception with its reason"


def test_every_language_has_a_glossary_with_the_same_terms() -> None:
    assert glossary_languages() == tuple(code for code in worded_languages() if code != ENGLISH)
    english = {code: [term.forms for term in terms_of(code)] for code in glossary_languages()}
    assert len({tuple(forms) for forms in english.values()}) == 1
    assert len(english["fr"]) >= 60


@pytest.mark.parametrize("language", glossary_languages())
def test_every_term_has_a_rendering_and_is_used_once(language: str) -> None:
    forms = [form for term in terms_of(language) for form in term.forms]
    assert len(forms) == len(set(forms))
    assert all(all(term.renderings) for term in terms_of(language))


def test_every_exception_is_needed() -> None:
    unneeded = [
        one
        for one in exceptions()
        if not any(is_accepted(departure, {one}) for departure in all_that_leave())
    ]
    assert unneeded == []


def test_the_longest_term_wins_and_both_numbers_are_found() -> None:
    both = (OFFICE, REGIONAL, LAW)
    assert list(terms_in("The regional office knows the laws.", both)) == [REGIONAL, LAW]
    assert list(terms_in("Officers follow a statute.", both)) == [LAW]
    assert list(terms_in("The {office} writes /office.", both)) == []


def test_a_departure_names_the_message_and_the_term() -> None:
    catalog = Catalog(locale="fr")
    catalog.add("The laws of the office", "Les textes du bureau", context="rules")
    catalog.add("The office", "LE BUREAU")
    catalog.add("A law", "")
    (left,) = departures("fr", catalog, (OFFICE, LAW))
    assert str(left) == "fr: law [rules]: The laws of the office => Les textes du bureau"


def test_apostrophes_and_joiners_make_no_difference() -> None:
    assert Term(("x",), ("d'accord",)).stands_in("D’accord")
    assert Term(("x",), ("شرکت‌کننده",)).stands_in("شرکت کننده")
