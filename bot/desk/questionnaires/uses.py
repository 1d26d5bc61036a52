"""Where a questionnaire is asked: the plans that have it, and the waves that will and do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.fieldwork.plans import office_plans
from storage.fieldwork.waves import Wave, all_open_waves, waves_in
from storage.fieldwork.workshops import all_workshops
from surveys.authoring.packaged import packaged_keys
from surveys.planning.due_workshops import over_at
from surveys.planning.plan import DatedWave

LISTED = 5
HOW_TO_ASK = (
    "No wave asks it yet. `followup wave add CODE --questionnaire {key} --after 3m` "
    "asks it of one workshop; a plan of the office asks it of many."
)


@dataclass(frozen=True)
class Uses:
    """Where a questionnaire is asked: plans, coming waves by their days, and open waves."""

    key: str
    packaged: bool
    plans: tuple[str, ...]
    coming: tuple[DatedWave, ...]
    open_now: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether publishing a version may surprise somebody."""
        return bool(self.packaged or self.plans or self.coming or self.open_now)

    @property
    def lines(self) -> tuple[str, ...]:
        """What a new version reaches, in sentences."""
        lines = []
        if self.packaged:
            lines.append(f"{self.key} is a packaged questionnaire: this replaces it here.")
        if self.plans:
            lines.append(f"Plans that ask it: {', '.join(self.plans)}.")
        if self.coming:
            lines.append(self.to_come)
        if self.open_now:
            where = ", ".join(self.open_now[:LISTED])
            more = len(self.open_now) - LISTED
            where += f" and {more} more" if more > 0 else ""
            lines.append(f"Open now, and keep the version they have: {where}.")
        return tuple(lines)

    @property
    def to_come(self) -> str:
        """The waves that will ask it, in a sentence, or what makes one."""
        if not self.coming:
            return HOW_TO_ASK.format(key=self.key)
        first = self.coming[0]
        number = len(self.coming)
        waves = counted(number, "wave asks it", "waves ask it")
        workshops = counted(len({one.workshop_code for one in self.coming}), "workshop")
        return (
            f"{waves} from now on, of {workshops}; "
            f"the first is {first.workshop_code} {first.key} on {day_words(first.opens_on)}."
        )


def uses_of(connection: Connection, office: Office, key: str, now: datetime) -> Uses:
    """Return where a questionnaire is asked. Cancelled workshops and past waves are left out."""
    plans = {**office.rules.plans, **office_plans(connection)}
    asking = (
        name for name, plan in plans.items() if any(w.questionnaire == key for w in plan.waves)
    )
    open_now = (wave for wave in all_open_waves(connection) if wave.questionnaire_key == key)
    return Uses(
        key,
        key in packaged_keys(),
        tuple(asking),
        tuple(sorted(_coming(connection, office, key, now), key=lambda one: one.opens_on)),
        tuple(f"{wave.workshop_code} {wave.key}" for wave in open_now),
    )


def _waits(wave: Wave | None) -> bool:
    """Return whether a wave is still to open; one without a row is."""
    return wave is None or wave.waits


def _coming(connection: Connection, office: Office, key: str, now: datetime) -> list[DatedWave]:
    workshops = [one for one in all_workshops(connection) if one.cancelled_at is None]
    stored = waves_in(connection, [one.code for one in workshops])
    return [
        dated
        for workshop in workshops
        if (plan := office.rules.plan_of(workshop)) is not None
        for dated in plan.dated(workshop)
        if dated.planned.questionnaire == key
        and _waits(stored[workshop.code].get(dated.key))
        and now < over_at(dated.closes_on)
    ]
