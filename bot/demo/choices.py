"""What an invented person answers: by the item's code, what is true, and chance."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bot.demo.members import Member
from bot.demo.telling import Teller
from bot.demo.titles import title
from bot.demo.truth import IN_FORCE, KINDS, Ground, Officer
from surveys.people import Role
from surveys.questionnaire import Item, Questionnaire

MONTHS = {"PRE": 0, "END": 0, "M3": 3, "M6": 6, "M12": 12, "SUP6": 6, "SUP12": 12, "NCP12": 12}
LEVELS = {"not_yet": 0.15, "stopped": 0.15, "tried": 0.5, "regular": 0.8}
"""How much an officer chooses of what a practice brings, by use."""
TEXTS = {
    "example": "We now check express parcels with a risk profile before release.",
    "project_name": "New risk engine",
    "unwanted_text": "Release at the counter takes longer on busy days.",
    "chief_expects": "A short written procedure for all ports.",
    "message": "More practical exercises, please.",
    "references": "Circular 7/2018; training module IPR-2",
    "projects": "Single window, second phase",
    "practice": "Every examiner writes a log, and a colleague reads it before the file is closed.",
    "scanner_story": "Most goods were found in two of the lanes.",
}
VARIED = {
    "example": (
        TEXTS["example"],
        "We wrote a checklist for inspections, and every shift uses it.",
        "I showed the new profiles to my unit, and we check fewer parcels now.",
        "Siosaia Vea and I train the night shift with the new profiles.",
        "Our laboratory now answers within two days, since we send fewer samples.",
        "In case K-204/2018 we found the goods because of the new profile.",
    ),
    "message": (
        TEXTS["message"],
        "Please send the slides before the workshop.",
        "A visit to a port would help.",
    ),
}
"""Texts that differ from person to person; one names a colleague, and one a case."""
OFTEN = {"changes": 0.75, "needs": 0.75, "slower": 0.15, "unwanted": 0.15}
"""How often a choice is taken where the level does not matter.

A question, or one of its options, which then goes before the question.
"""


@dataclass(frozen=True)
class Mind:
    """A person before one questionnaire about a workshop, who knows the truth as well as people do."""

    member: Member
    wave: str
    workshop: str
    ground: Ground
    random: Random

    @cached_property
    def teller(self) -> Teller:
        """The person as somebody who tells of the ground."""
        return Teller(self.ground, self.months, self.random)

    @property
    def months(self) -> int:
        return MONTHS.get(self.wave, 0)

    @property
    def officer(self) -> Officer:
        """The deeds of the person, none of who was not there."""
        return self.member.deeds.get(self.workshop, Officer())

    @cached_property
    def use(self) -> str:
        """How far the person says that the own use is."""
        return self.teller.use(self.officer)

    @cached_property
    def anchors(self) -> Mapping[str, str] | None:
        """The status of each kind that the person knows of; None of who knows nothing."""
        if self.member.role is Role.SUPERVISOR:
            return self.teller.seen_by_supervisor()
        return self.teller.anchors()

    @property
    def level(self) -> float:
        """How much of everything else the person chooses (0 to 1)."""
        officer = self.member.deeds.get(self.workshop)
        known = LEVELS[officer.use(self.months)] if officer else self.member.support
        return min(1.0, max(0.0, known + self.random.uniform(-0.12, 0.12)))

    def one(self, item: Item, codes: list[str]) -> str | None:
        """The code of one option; None to skip."""
        if item.name == "may_see":
            return self.member.habits.may_see(self.member.own)
        if self.random.random() < 0.03:
            return None
        wanted = self._meant(item.name)
        return wanted if wanted in codes else self.random.choice(codes)

    def many(self, item: Item, questionnaire: Questionnaire, offered: list[str]) -> list[str]:
        """Some of the offered codes, in list order; the exclusive one when nothing applies."""
        known = self._known(item.name)
        if known is not None:
            return [code for code in offered if code in known] or ["none"]
        return self._some(item, questionnaire, offered)

    def _known(self, name: str) -> Collection[str] | None:
        """Return what the person knows of, for questions where the truth decides; else None."""
        if name == "exists_today":
            return self.member.habits.existing(self.member.own)
        if name in ("anchors", "anchors_new"):
            return ["dont_know"] if self.anchors is None else self.anchors
        if name == "still":
            return [kind for kind in KINDS if self.teller.still(kind)]
        if name == "actions" and self.member.deeds:
            return self.teller.actions(self.officer)
        return None

    def _some(self, item: Item, questionnaire: Questionnaire, offered: list[str]) -> list[str]:
        options = [one for one in questionnaire.options(item) if one.name in offered]
        exclusive = [option.name for option in options if option.exclusive]
        usual = [
            option.name for option in options if not option.exclusive and option.name != "other"
        ]
        most = int(item.parameters.get("max", 3))
        chance = OFTEN.get(item.name, self.level)
        picked = [name for name in usual if self.random.random() < OFTEN.get(name, chance) * 0.6]
        if picked:
            return picked[:most]
        return ["none"] if "none" in exclusive else [self.random.choice(usual)]

    def words(self, item: Item) -> str | None:
        """A typed answer; None to skip."""
        if item.name.startswith("title_"):
            return self._title(_kind(item.name))
        if item.name == "scanners":
            return str(self.random.randrange(1, 40))
        if item.type == "integer":
            return "1" if item.name == "trained_still" else "2"
        if self.random.random() < 0.25:
            return None
        if varied := VARIED.get(item.name):
            return varied[self.member.number % len(varied)]
        return TEXTS.get(item.name, "Please see our circular of last year.")

    def _title(self, kind: str) -> str | None:
        """What an anchor is called; None to skip."""
        if self.random.random() < 0.25:
            return None
        member = self.member
        return title(kind, member.name, member.email, member.own)

    def _meant(self, name: str) -> str:
        """The code that fits the truth, for items where it matters; '' for all others."""
        if name.startswith(("anchor_status_", "new_status_", "anchor_seen_")):
            return (self.anchors or {}).get(_kind(name), "")
        if name.startswith("seen_"):
            return self.teller.seen(_kind(name))
        meant = _MEANT.get(name)
        return meant(self) if meant else ""

    def _job(self) -> str:
        return self.member.moves if self.member.moves and self.wave != "M3" else "same"

    def _supervisor_ok(self) -> str:
        return "yes" if self.random.random() < 0.6 else "not_now"

    def _second_use(self) -> str:
        """Return how far the second plan is: as far as the first, or not begun."""
        return self.use if self.random.random() < 0.6 else "not_yet"

    def _observes(self) -> str:
        if self.months >= self.ground.routine:
            return "regular"
        return "tried" if self.ground.few_use else "not_yet"

    def _stage(self) -> str:
        """Return the stage that the person believes in, sometimes one too high or too low."""
        true = stage(self.ground, self.officer, self.months)
        step = self.random.choices((0, -1, 1), (80, 10, 10))[0]
        return f"s{min(5, max(0, true + step))}"

    def _would_continue(self) -> str:
        if self.ground.embedded(self.months) or self.months >= self.ground.routine:
            return "continues"
        return self.random.choice(("maybe", "stops"))


_MEANT: Mapping[str, Callable[[Mind], str]] = {
    "job": Mind._job,
    "supervisor_ok": Mind._supervisor_ok,
    "use_1": lambda mind: mind.use,
    "use_2": Mind._second_use,
    "use_any": lambda mind: mind.use,
    "observes": Mind._observes,
    "others_use": lambda mind: mind.teller.others_use(),
    "suggestion": lambda mind: mind.teller.suggestion(mind.officer),
    "stage_now": Mind._stage,
    "would_continue": Mind._would_continue,
}


def stage(ground: Ground, officer: Officer, months: int) -> int:
    """Return the highest stage of the ladder that is true for one officer."""
    formal = any(ground.status(kind, months) in IN_FORCE for kind in KINDS)
    reached = (
        officer.use(months) in ("tried", "regular"),
        officer.shares <= months,
        officer.accepted <= months,
        months >= ground.routine,
        formal,
    )
    return max((number for number, true in enumerate(reached, 1) if true), default=0)


def _kind(name: str) -> str:
    return name.rpartition("_")[2]
