"""What becomes of each workshop in each administration of the year, drawn from chance of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from bot.demo.members import Member
from bot.demo.truth import NEVER, Ground, Officer, drawn
from surveys.people import Role

Grounds = dict[tuple[str, str], Ground]
"""By workshop and administration."""
LEAVES = 4
"""The month in which those who leave customs are gone."""


def draw_truth(members: Sequence[Member], workshops: Iterable[str], seed: int) -> Grounds:
    """Return the ground of every delegation, and give each officer the deeds of its workshop."""
    chance = Random(f"truth {seed}")  # noqa: S311 - repeatable, not secret
    grounds: Grounds = {}
    for code in workshops:
        of_it = [one for one in members if code in one.workshops and one.role is Role.PARTICIPANT]
        for place in sorted({one.administration for one in of_it}):
            people = [one for one in of_it if one.administration == place]
            grounds[code, place] = _delegation(chance, code, people)
    return grounds


def _delegation(chance: Random, code: str, people: Sequence[Member]) -> Ground:
    before, culture = frozenset(people[0].habits.before), people[0].support
    truth = drawn(chance, before, culture, len(people))
    for member, officer in zip(people, truth.officers, strict=True):
        member.deeds[code] = _leaving(officer) if member.moves == "left" else officer
    return truth.ground


def _leaving(officer: Officer) -> Officer:
    """Return the deeds of somebody who uses nothing any more once customs is left."""
    return replace(officer, stops=LEAVES) if officer.tries < NEVER else officer


def let_succeed(hero: Member, grounds: Grounds) -> None:
    """Let somebody go the whole way: the conversation with this person is shown."""
    (code,) = hero.workshops
    hero.deeds[code] = Officer(tries=1, regular=3, shares=2, suggests=1, accepted=5)
    place = (code, hero.administration)
    fresh = {"procedure": 5, "training": 8}
    grounds[place] = replace(grounds[place], fresh=fresh, planned={}, routine=8)
