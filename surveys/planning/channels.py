"""Which channel a person is contacted through, and why: the one place that chooses.

Pure: it gets addresses, the person's own choice and what the table says of the messenger.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.people import Address, AddressState, Administration, Participant

EMAIL = "email"
"""The channel that works everywhere, with a link to the web page; all others are messengers."""
WEB = "web"
"""The channel of answers from the web page, which has links where a messenger has commands."""
PAPER = "paper"
"""The channel of answers on paper forms that staff entered."""
PHONE = "phone"
"""The channel of answers by telephone that staff entered."""
IMPORTED = "imported"
"""The channel of answers from tables of earlier surveys; also how such a case was entered."""


class Why(StrEnum):
    """Why this channel; codes, put into words for organisers elsewhere."""

    CHOSEN = "chosen"
    USUAL = "usual"
    BLOCKED_THERE = "blocked_there"
    UNRELIABLE_THERE = "unreliable_there"
    OTHER_FAILED = "other_failed"
    ONLY = "only"
    NONE = "none"


@dataclass(frozen=True)
class Choice:
    """The address to contact a person at, or None. `failed` is the address it replaces."""

    address: Address | None
    why: Why
    failed: Address | None = None


def choose(
    addresses: Sequence[Address],
    in_use: Collection[str],
    person: Participant,
    administration: Administration,
) -> Choice:
    """Return the address a person is contacted at: of their channels in order, the first that works.

    `addresses` are all of the person's, oldest first; `in_use` are the channels of this
    installation. The person's own choice comes first; else the messenger where it is usable, and
    e-mail where the table of administrations says that it is blocked or unreliable. Within a
    channel the newest address counts.
    """
    newest = {one.channel: one for one in addresses if one.channel in in_use}
    working = {
        one.channel: one
        for one in addresses
        if one.channel in in_use and one.state is AddressState.ACTIVE
    }
    order = sorted(newest.values(), key=lambda one: _rank(one, person, administration))
    chosen = next((working[one.channel] for one in order if one.channel in working), None)
    if chosen is None:
        return Choice(None, Why.NONE, order[0] if order else None)
    if chosen.channel != order[0].channel:
        return Choice(chosen, Why.OTHER_FAILED, order[0])
    return Choice(chosen, _why(chosen, person, administration, alone=len(order) == 1))


def _rank(
    address: Address, person: Participant, administration: Administration
) -> tuple[bool, bool, int]:
    """Return the sort key, smaller first; of two messengers the one linked last wins."""
    email_first = administration.telegram != "usable"
    return (
        address.channel != person.channel,
        (address.channel == EMAIL) is not email_first,
        -address.id,
    )


def _why(
    chosen: Address, person: Participant, administration: Administration, *, alone: bool
) -> Why:
    if chosen.channel == person.channel:
        return Why.CHOSEN
    if alone:
        return Why.ONLY
    if chosen.channel != EMAIL:
        return Why.USUAL
    return Why.BLOCKED_THERE if administration.telegram == "blocked" else Why.UNRELIABLE_THERE
