"""Random small surveys: who came to which workshop, who replied, and what each person said there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from analysis.disclosure.crowds import Answer, Crowd, of_person
from analysis.disclosure.question import Kind, Question
from analysis.findings.questions import blank
from analysis.findings.safe_bases import with_safe_bases

SILENT, PASSED = ("silent",), ("passed",)
"""What people said who did not reply, and who replied without an answer to the question."""

Said = tuple[str, ...]


@dataclass(frozen=True)
class Guest:
    """Somebody who came to one workshop or to two, and what they said after each of them."""

    number: int
    place: str
    said: tuple[tuple[str, Said], ...]

    @cached_property
    def workshops(self) -> tuple[str, ...]:
        return tuple(workshop for workshop, _ in self.said)

    def in_set(self, held: Collection[str]) -> tuple[str, Said]:
        """Return the workshop and the words that count in a set: the latest answer there."""
        here = [(workshop, said) for workshop, said in self.said if workshop in held]
        for wanted in (lambda s: s not in (SILENT, PASSED), lambda s: s == PASSED):
            found = [one for one in here if wanted(one[1])]
            if found:
                return found[-1]
        return here[-1]


@dataclass(frozen=True)
class World:
    """One question asked at several workshops; `sets` are the reports that are published."""

    options: tuple[str, ...]
    kind: Kind
    guests: tuple[Guest, ...]
    sets: dict[str, tuple[str, ...]]

    def of(self, key: str) -> list[Guest]:
        """Return who came to a workshop of a set."""
        return self._guests_of[key]

    @cached_property
    def _guests_of(self) -> dict[str, list[Guest]]:
        return {
            key: [guest for guest in self.guests if not {*held}.isdisjoint(guest.workshops)]
            for key, held in self.sets.items()
        }

    def said(self, key: str) -> dict[int, Said]:
        """Return what each of them said, as it counts in the set."""
        return {g.number: g.in_set(self.sets[key])[1] for g in self.of(key)}


def question(world: World) -> Question:
    """Return the question as the reports ask it."""
    answered, replied, asked = layers(world)
    crowds, blanks = with_safe_bases(answered, replied, asked)
    return Question(world.options, world.kind, crowds, blanks, asked=asked)


def layers(world: World) -> tuple[dict[str, Crowd], dict[str, Crowd], dict[str, Crowd]]:
    """Return who answered, who replied, and who was asked, by set."""
    found = {key: _crowds(world, key) for key in world.sets}
    answered, replied, asked = ({key: found[key][n] for key in found} for n in range(3))
    return answered, replied, asked


def _crowds(world: World, key: str) -> tuple[Crowd, Crowd, Crowd]:
    answered: dict[int | str, Answer] = {}
    replied: dict[int | str, Answer] = {}
    asked: dict[int | str, Answer] = {}
    for guest in world.of(key):
        where, said = guest.in_set(world.sets[key])
        one = {guest.number: guest.place}
        asked |= blank(one, silent=said == SILENT)
        if said != SILENT:
            replied |= blank(one)
        if said not in (SILENT, PASSED):
            answered[guest.number] = of_person(guest.number, guest.place, said, (where,))
    return answered, replied, asked


def random_world(seed: int) -> World:
    """Return a survey of three to five workshops and two to four donors, always the same for a seed."""
    draw = Random(seed)
    workshops = tuple("ABCDE"[: draw.randint(3, 5)])
    donors = {
        f"donor {n}": tuple(w for w in workshops if draw.random() < 0.5)
        or (draw.choice(workshops),)
        for n in range(draw.randint(2, 4))
    }
    sets = {"all": workshops, **donors, **{f"workshop {w}": (w,) for w in workshops}}
    kind = draw.choice(list(Kind))
    options = tuple("vwxyz"[: 3 if kind is Kind.SEVERAL else draw.randint(2, 4)])
    return World(options, kind, tuple(_guests(draw, workshops, options, kind)), sets)


def overlapping_world(seed: int) -> World:
    """Return a question of several answers at three workshops, of which two donors each paid two."""
    draw, options = Random(seed), tuple("vwx")
    sets = {"donor P": ("A", "B"), "donor Q": ("B", "C"), "workshop A": ("A",)}
    guests = _guests(draw, ("A", "B", "C"), options, Kind.SEVERAL)
    return World(options, Kind.SEVERAL, tuple(guests), sets)


def world_of_two_dates(seed: int) -> World:
    """Return such a question, to which up to nine people of each workshop come late; without sets."""
    draw, world = Random(seed), overlapping_world(seed)
    delegates = draw.choice((1, 3, 8))
    guests = [replace(one, place=f"place {one.number // delegates}") for one in world.guests]
    for workshop in "ABC":
        for _ in range(draw.choice((0, 3, 6, 9))):
            said = draw.choice((SILENT, PASSED, ("v",), ("w",), ("v", "x")))
            place = f"place {draw.randrange(24 // delegates + 1)}"
            guests.append(Guest(len(guests), place, ((f"{workshop} late", said),)))
    return replace(world, guests=tuple(guests), sets={})


def _guests(draw: Random, workshops: tuple[str, ...], options: Said, kind: Kind) -> list[Guest]:
    """Return the guests: of each administration one or many, a few at two workshops."""
    delegates = draw.choice((1, 2, 8))
    replying, answering = draw.choice((0.75, 0.9, 1.0)), draw.choice((0.8, 0.95, 1.0))
    weights = [draw.choice((1, 3, 9)) for _ in options]

    def said() -> Said:
        if draw.random() > replying:
            return SILENT
        if draw.random() > answering:
            return PASSED
        if kind is not Kind.SEVERAL:
            return (draw.choices(options, weights)[0],)
        some = tuple(o for o, w in zip(options, weights, strict=True) if draw.random() < w / 10)
        return some or (draw.choice(options),)

    found: list[Guest] = []
    for workshop in workshops:
        for _ in range(draw.randint(4, 22)):
            number = len(found)
            others = [w for w in workshops if w > workshop]
            twice = [draw.choice(others)] if others and draw.random() < 0.06 else []
            place = f"place {draw.randint(0, max(3, 24 // delegates))}"
            found.append(Guest(number, place, tuple((w, said()) for w in (workshop, *twice))))
    return found
