"""The choice of channel: the person's own, then by the table, then any that works."""

from dataclasses import replace

import pytest

from surveys.people import Address, AddressState, Participant
from surveys.planning.administrations import packaged_administrations
from surveys.planning.channels import Why, choose

IN_USE = ("telegram", "email")
ADA = Participant(1, "P-ADA", "Ada")
EMAIL = Address(1, 1, "email", "ada@example.org")
CHAT = Address(2, 1, "telegram", "100")
TABLE = packaged_administrations()


def chosen(
    *addresses: Address, place: str = "TH", person: Participant = ADA
) -> tuple[str, Why, str]:
    choice = choose(addresses, IN_USE, person, TABLE[place])
    address, failed = choice.address, choice.failed
    return address.identifier if address else "", choice.why, failed.identifier if failed else ""


@pytest.mark.parametrize(
    ("place", "address", "why"),
    [
        ("TH", "100", Why.USUAL),
        ("VN", "ada@example.org", Why.BLOCKED_THERE),
        ("MM", "ada@example.org", Why.UNRELIABLE_THERE),
    ],
)
def test_without_a_wish_the_table_of_administrations_decides(
    place: str, address: str, why: Why
) -> None:
    assert chosen(EMAIL, CHAT, place=place) == (address, why, "")


@pytest.mark.parametrize("place", ["TH", "VN"])
def test_the_only_address_is_used_whatever_the_table_says(place: str) -> None:
    assert chosen(CHAT, place=place) == ("100", Why.ONLY, "")
    assert chosen(EMAIL, place=place) == ("ada@example.org", Why.ONLY, "")
    assert chosen(place=place) == ("", Why.NONE, "")


def test_what_the_person_asked_for_counts_more_than_the_table() -> None:
    by_chat, by_email = replace(ADA, channel="telegram"), replace(ADA, channel="email")
    assert chosen(EMAIL, CHAT, place="VN", person=by_chat) == ("100", Why.CHOSEN, "")
    assert chosen(EMAIL, CHAT, place="TH", person=by_email)[:2] == (EMAIL.identifier, Why.CHOSEN)
    # A wish that cannot be met is no reason not to write at all.
    assert chosen(EMAIL, person=by_chat) == ("ada@example.org", Why.ONLY, "")


def test_d06_where_one_address_fails_the_next_channel_takes_over_and_says_for_which() -> None:
    blocked = replace(CHAT, state=AddressState.BLOCKED, reason="blocked")
    dead = replace(EMAIL, state=AddressState.UNREACHABLE, reason="not_found")
    assert chosen(EMAIL, blocked) == ("ada@example.org", Why.OTHER_FAILED, "100")
    assert chosen(dead, CHAT, place="VN") == ("100", Why.OTHER_FAILED, "ada@example.org")
    assert chosen(dead, blocked) == ("", Why.NONE, "100")


def test_of_several_addresses_in_one_channel_the_newest_that_works_is_used() -> None:
    newer = Address(3, 1, "telegram", "300")
    assert chosen(CHAT, newer)[0] == "300"
    assert chosen(CHAT, replace(newer, state=AddressState.BLOCKED))[0] == "100"


def test_addresses_of_channels_that_are_not_in_use_count_for_nothing() -> None:
    paper = Address(4, 1, "paper", "x")
    assert chosen(EMAIL, paper) == ("ada@example.org", Why.ONLY, "")
