"""The invented people of the demonstration: who comes to which workshop, and how each behaves.

Everything follows from one seed. Counts of people and administrations of 2017/18 are the published ones;
the number for the national workshop in Viet Nam was not published and is invented.
"""

from collections.abc import Iterator
from random import Random

from bot.demo.fates import draw_truth, let_succeed
from bot.demo.habits import habits_of, own_chances
from bot.demo.members import Manner, Member
from bot.demo.truth import Delegated, Ground, Officer
from surveys.people import Role

PLACES = {
    "TFA-2017": (28, 22),
    "CYBER-2017": (28, 23),
    "AEO-2017": (30, 7),
    "PM-VN-2017": (25, 1),
    "IPR-KH-2017": (33, 1),
    "RM-2017": (32, 25),
    "IPR-OC-2017": (16, 5),
    "ORIGIN-2017": (16, 10),
}
"""People and administrations of each workshop; the last is of the fiscal year before."""
FIXED = {
    "AEO-2017": ("KR", "CN", "MN", "TH", "VN", "RW", "MW"),
    "PM-VN-2017": ("VN",),
    "IPR-KH-2017": ("KH",),
    "IPR-OC-2017": ("FJ", "PG", "WS", "TO", "VU"),
}
REGION = tuple(
    "AF BD BT IN IR LK MV NP PK CN HK JP KR MO MN BN KH ID LA MY MM PH SG TH VN AU FJ NZ PG WS TO "
    "VU TL".split()
)
GIVEN = tuple(
    "Sione Sina Ana Litia Joeli Tevita Siosaia Lani Kavika Ratu Somchai Malee Anong Dara Sokha "
    "Chanthy Linh Minh An Thu Nurul Aziz Siti Budi Dewi Arjun Priya Kamal Nadia Tshering Karma "
    "Batu Oyuna Haruto Yuki Jisoo Minjun Wei Li Mei Rosa Joao Amara Grace Peter Tomas Ravi Sunil "
    "Farid Laila Hana Kofi Thoko".split()
)
FAMILY = tuple(
    "Tupou Vea Faleolo Naidu Qalo Leota Kila Nari Saetang Chaiyo Sok Chan Nguyen Tran Pham Rahman "
    "Ismail Santoso Wijaya Sharma Perera Ahmed Wangdi Dorji Bold Ganzorig Tanaka Sato Kim Park "
    "Zhang Wong Lei Soares Reyes Cruz Tan Lim Haidari Karimi Uwera Banda Brown Smith".split()
)


SHARES = (
    (Manner.ANSWERS, 18),
    (Manner.SOMETIMES, 46),
    (Manner.HALF_WAY, 8),
    (Manner.TWICE, 6),
    (Manner.SILENT, 10),
    (Manner.NEVER_JOINS, 10),
    (Manner.DECLINES, 2),
)
"""Of a hundred people; one of all blocks the bot and one says stop, chosen by name below."""


class Cast:
    """All invented people, made from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a demonstration must be repeatable, not secret
        self.members: list[Member] = []
        self.support = {code: self.random.random() for code in (*REGION, "RW", "MW")}
        self.habits = habits_of(self.support, seed)
        self._own = own_chances(seed)
        for code in PLACES:
            self._fill(code)
        hero = self._special_parts()
        self.grounds = draw_truth(self.members, PLACES, seed)
        let_succeed(hero, self.grounds)

    def chance(self, member: Member) -> Random:
        """Return the chance that decides what a person does."""
        return member.own if member.apart else self.random

    def ground(self, workshop: str, administration: str) -> Ground:
        """Return what is true of an administration after a workshop; nothing of other surveys."""
        return self.grounds.get((workshop, administration), Ground())

    def delegations(self, workshop: str) -> dict[str, Delegated]:
        """Return the truth about the delegations of a workshop, by administration."""
        officers: dict[str, list[Officer]] = {}
        for member in self.of(workshop):
            if member.role is Role.PARTICIPANT:
                officers.setdefault(member.administration, []).append(member.deeds[workshop])
        return {
            place: Delegated(self.grounds[workshop, place], theirs)
            for place, theirs in officers.items()
        }

    def of(self, workshop: str) -> Iterator[Member]:
        """The people of a workshop in any role."""
        return (member for member in self.members if workshop in member.workshops)

    def add(self, administration: str, role: Role, about: str = "") -> Member:
        """Another invented person."""
        number = len(self.members)
        given = GIVEN[number % len(GIVEN)]
        family = FAMILY[(number * 7 + number // len(GIVEN)) % len(FAMILY)]
        member = Member(
            number=number,
            name=f"{given} {family}",
            email=f"{given}.{family}.{number}@example.org".lower(),
            administration=administration,
            manner=self._manner(),
            support=self.support[administration],
            habits=self.habits[administration],
            own=next(self._own),
            role=role,
            about=about,
        )
        self.members.append(member)
        return member

    def _manner(self) -> Manner:
        manners = [manner for manner, _ in SHARES]
        return self.random.choices(manners, [weight for _, weight in SHARES])[0]

    def _fill(self, code: str) -> None:
        people, places = PLACES[code]
        administrations = list(FIXED.get(code, ())) or self.random.sample(REGION, places)
        seats = administrations + self.random.choices(administrations, k=people - places)
        guests = self._guests(code, seats)
        for guest in guests:
            guest.workshops.append(code)
            seats.remove(guest.administration)
        for administration in seats:
            self.add(administration, Role.PARTICIPANT).workshops.append(code)
        for administration in sorted(set(administrations)):
            self._contact_point(administration).workshops.append(code)

    def _guests(self, code: str, seats: list[str]) -> list[Member]:
        """Officers who were at an earlier workshop of the same autumn and come again."""
        if code not in ("CYBER-2017", "RM-2017"):
            return []
        known = [
            member
            for member in self.members
            if member.role is Role.PARTICIPANT and member.administration in seats
        ]
        chosen: list[Member] = []
        for member in known:
            if len(chosen) < 3 and member.administration not in {c.administration for c in chosen}:
                chosen.append(member)
        return chosen

    def _contact_point(self, administration: str) -> Member:
        for member in self.members:
            if member.role is Role.CONTACT_POINT and member.administration == administration:
                return member
        return self.add(administration, Role.CONTACT_POINT)

    def _special_parts(self) -> Member:
        """Return whose conversation is shown; one blocks, one stops, one joins late, some move."""
        people = [one for one in self.members if one.role is Role.PARTICIPANT]
        plain = [
            one for one in people if len(one.workshops) == 1 and one.workshops[0] != "PM-VN-2017"
        ]
        blocker, stopper, late = self.random.sample(plain, 3)
        blocker.manner = Manner.BLOCKS
        stopper.manner = Manner.STOPS
        late.joins_late, late.manner = True, Manner.ANSWERS
        for member in people:
            chance = self.random.random()
            member.moves = "left" if chance < 0.05 else "moved" if chance < 0.15 else ""
        hero = next(one for one in people if one.workshops == ["IPR-OC-2017"] and one is not late)
        hero.name, hero.administration = "Mele Tupou", hero.administration
        hero.manner, hero.support, hero.moves = Manner.ANSWERS, 0.9, ""
        return hero
