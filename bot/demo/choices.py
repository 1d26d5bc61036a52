"""What an invented person answers: by the item's code, how far the practice has come, and chance."""

from dataclasses import dataclass
from random import Random

from bot.demo.anchors import officer_status, witness_status
from bot.demo.cast import Member
from bot.demo.titles import title
from surveys.questionnaire import Item, Questionnaire

GROWTH = {"PRE": 0.0, "END": 0.1, "M3": 0.45, "M6": 0.75, "M12": 1.0}
"""How far a practice can have come by a wave."""
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
LADDER = ("s0", "s1", "s2", "s3", "s4", "s5")
USE = ("not_yet", "preparing", "tried", "regular", "improved")
OFTEN = {"changes": 0.75, "needs": 0.75, "still": 1.5, "slower": 0.15, "unwanted": 0.15}
"""How often a choice is taken where the level does not matter; what was in force mostly stays.

A question, or one of its options, which then goes before the question.
"""


@dataclass(frozen=True)
class Mind:
    """A person before one questionnaire: the level (0 to 1) the practice has reached for them."""

    member: Member
    wave: str
    random: Random

    @property
    def level(self) -> float:
        """Drive and support weigh the same; time does the rest."""
        growth = GROWTH.get(self.wave, 0.75 if self.wave == "SUP6" else 1.0)
        reached = (0.5 * self.member.drive + 0.5 * self.member.support) * growth
        return min(1.0, max(0.0, reached + self.random.uniform(-0.12, 0.12)))

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
        options = [one for one in questionnaire.options(item) if one.name in offered]
        exclusive = [option.name for option in options if option.exclusive]
        usual = [
            option.name for option in options if not option.exclusive and option.name != "other"
        ]
        most = int(item.parameters.get("max", 3))
        chance = OFTEN.get(item.name, self.level)
        picked = [name for name in usual if self.random.random() < OFTEN.get(name, chance) * 0.6][
            :most
        ]
        if item.name == "exists_today":  # after the draws, which all later answers depend on
            return self.member.habits.existing(self.member.own)
        if picked:
            return picked
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
        """The code that fits the person's level, for items where it matters."""
        level = self.level
        if name == "job":
            return self.member.moves if self.member.moves and self.wave != "M3" else "same"
        if name == "supervisor_ok":
            return "yes" if self.random.random() < 0.6 else "not_now"
        if name in ("use_1", "use_2", "use_any", "observes"):
            stopped = self.wave == "M12" and self.member.support < 0.2
            return "stopped" if stopped else USE[min(4, int(level * 6))]
        if name == "stage_now":
            before = self.wave == "PRE"
            reached = self.member.support * self.random.random() / 2 if before else level
            return LADDER[min(5, int(reached * 6))]
        if name == "others_use":
            return "most" if level > 0.7 else "few" if level > 0.4 else "nobody"
        if name.startswith(("anchor_status_", "new_status_")):
            return officer_status(level, self._had(name), self.member.own)
        if name.startswith(("anchor_seen_", "seen_")):
            return witness_status(level, self._had(name), self.member.own)
        if name == "suggestion":
            return "accepted" if level > 0.6 else "waiting" if level > 0.35 else "none"
        if name == "would_continue":
            return "continues" if level > 0.6 else "maybe"
        return ""

    def _had(self, name: str) -> bool:
        """Whether the administration had what a question is about before the workshop."""
        return _kind(name) in self.member.habits.before


def _kind(name: str) -> str:
    return name.rpartition("_")[2]
