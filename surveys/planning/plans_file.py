"""Plans as YAML text, and the packaged ones. Offsets are written as in "end + 3 months".

Knows no workshop and no date.
"""

import re
from functools import lru_cache
from importlib import resources

from surveys.people import Role
from surveys.planning.plan import (
    Clock,
    LateRule,
    Offset,
    Plan,
    PlannedWave,
    Protocol,
    read_offset,
)
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import SPEC
from surveys.yaml_reader import Part, YamlReader

HEAD = ("spec", "key", "extends", "without", "protocol", "waves")
WAVE = (
    "key",
    "role",
    "questionnaire",
    "opens",
    "open_days",
    "closes",
    "late",
    "clock",
    "protocol",
)
PROTOCOL = ("reminders", "minimum_gap", "open_cases")
KEY = re.compile(r"[A-Z][A-Z0-9_-]{0,23}")


def read_plan(text: str, source: str) -> Plan:
    """Return the plan of a YAML text. Raises BadInput with everything that is wrong with it.

    A plan lists its waves, or has `extends:` with the key of a packaged plan and `without:`.
    """
    problem_list = ProblemList(source)
    reader = _PlanReader(problem_list)
    plan = reader.plan(reader.mapping(text))
    if problem_list.failed:
        raise problem_list.refuse()
    return plan


@lru_cache
def packaged_plans() -> dict[str, Plan]:
    """The plans of the library by key."""
    folder = resources.files("surveys") / "library" / "plans"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    plans = [read_plan((folder / name).read_text("utf-8"), name) for name in files]
    return {plan.key: plan for plan in plans}


class _PlanReader(YamlReader):
    """The form of a plan in YAML: its keys and their values."""

    def plan(self, whole: Part | None) -> Plan:
        head = self.fields(whole, HEAD)
        if self.number(head.get("spec"), SPEC) != SPEC:
            self.problem_list.error(
                head["spec"].place, f"This program reads plans of spec {SPEC}."
            )
        key = self.text(head.get("key"))
        if whole and not re.fullmatch(r"[a-z][a-z0-9_-]*", key):
            fix = "Use small letters, digits, _ and - only, such as standard."
            self.problem_list.error(
                _place(head, "key", whole), "cannot be the key of a plan.", key, fix
            )
        usual = self._protocol(head.get("protocol"), Protocol())
        waves = [self._wave(part, usual) for part in self.rows(head.get("waves"))]
        if "extends" in head:
            waves = [*self._extended(head), *waves]
        if whole and not waves:
            self.problem_list.error(
                whole.place, "This plan has no waves.", fix="Add waves: or extends:."
            )
        self._check_keys(waves, head["waves"].place if "waves" in head else "")
        return Plan(key, tuple(waves))

    def _extended(self, head: dict[str, Part]) -> list[PlannedWave]:
        """Return the waves of a packaged plan, without the named ones."""
        name = self.text(head["extends"])
        file = resources.files("surveys") / "library" / "plans" / f"{name}.yaml"
        text = file.read_text("utf-8") if re.fullmatch(r"[\w-]+", name) and file.is_file() else ""
        # One step only: longer chains of plans could be circular.
        if not text or re.search(r"^extends:", text, re.MULTILINE):
            message = "is not a packaged plan with waves of its own."
            self.problem_list.error(head["extends"].place, message, name, "Try extends: standard.")
            return []
        waves = read_plan(text, f"{name}.yaml").waves
        keys = [wave.key for wave in waves]
        left_out = {self.text(part): part for part in self.rows(head.get("without"))}
        for key, part in left_out.items():
            if key not in keys:
                fix = did_you_mean(key, keys)
                self.problem_list.error(part.place, f"is not a wave of {name}.", key, fix)
        return [wave for wave in waves if wave.key not in left_out]

    def _check_keys(self, waves: list[PlannedWave], place: str) -> None:
        keys = [wave.key for wave in waves]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.problem_list.error(
                place, "is the key of two waves.", key, "Give each its own key."
            )

    def _wave(self, part: Part, usual: Protocol) -> PlannedWave:
        cells = self.fields(part, WAVE)
        key = self.text(cells.get("key"))
        if not KEY.fullmatch(key):
            fix = "Use capital letters, digits, _ and - only, such as M6."
            self.problem_list.error(
                _place(cells, "key", part), "cannot be the key of a wave.", key, fix
            )
        if ("open_days" in cells) == ("closes" in cells):
            fix = "Write open_days: 28, or closes: start - 5 days."
            self.problem_list.error(part.place, f"How long is {key} open?", fix=fix)
        return PlannedWave(
            key=key,
            role=Role(self._one_of(cells.get("role"), [role.value for role in Role])),
            opens=self._offset(cells.get("opens"), part),
            questionnaire=self.text(cells.get("questionnaire"), key),
            open_days=self.number(cells["open_days"], 28) if "open_days" in cells else None,
            closes=self._offset(cells["closes"], part) if "closes" in cells else None,
            late=LateRule(self._one_of(cells.get("late"), [rule.value for rule in LateRule])),
            clock=Clock(self._one_of(cells.get("clock"), [clock.value for clock in Clock])),
            protocol=self._protocol(cells.get("protocol"), usual),
        )

    def _one_of(self, part: Part | None, known: list[str]) -> str:
        """Return one of the known words; the first of them if none is given."""
        word = self.text(part, known[0])
        if part and word not in known:
            self.problem_list.error(
                part.place, "is not known here.", word, did_you_mean(word, known)
            )
            return known[0]
        return word

    def _offset(self, part: Part | None, wave: Part) -> Offset:
        text = self.text(part)
        found = read_offset(text)
        if found is None:
            place = part.place if part else wave.place
            fix = "Write start - 21 days, end, or end + 3 months."
            self.problem_list.error(place, "is not a day of a workshop.", text, fix)
        return found or Offset("end", 0, "days")

    def _protocol(self, part: Part | None, usual: Protocol) -> Protocol:
        """Return the contact protocol; what is not given has its default."""
        cells = self.fields(part, PROTOCOL)
        days = tuple(self.number(day, 0) for day in self.rows(cells.get("reminders")))
        if list(days) != sorted(set(days)) or 0 in days:
            fix = "Write rising days such as [4, 9, 16]."
            self.problem_list.error(
                cells["reminders"].place, "These days cannot be used.", fix=fix
            )
        open_cases = self.number(cells.get("open_cases"), usual.open_cases)
        if open_cases < 1:
            self.problem_list.error(cells["open_cases"].place, "At least one case must be open.")
        return Protocol(
            reminders=days if "reminders" in cells else usual.reminders,
            minimum_gap=self.number(cells.get("minimum_gap"), usual.minimum_gap),
            open_cases=open_cases,
        )


def _place(cells: dict[str, Part], key: str, whole: Part) -> str:
    return cells[key].place if key in cells else whole.place
