"""What people asked the office for, by workshop, administration and kind of help. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.fieldwork.workshops import plain_workshops_with
from storage.office.help_needs import HelpChange, Need, help_changes_in, need_of, told_to
from storage.office.staff import label_of
from storage.people.administrations import administration_names
from storage.people.participants import people_with
from storage.responses.help_asked import Ask, Asks, asks_in
from surveys.help_asked import HelpState, Standing
from surveys.wording import ENGLISH, best_language, worded_languages

ORDER = list(HelpState)


@dataclass(frozen=True)
class Wanted:
    """One kind of help in a workshop; of some administrations, or of all that asked."""

    workshop: str
    help: str
    administrations: tuple[str, ...] = ()

    def covers(self, need: Need) -> bool:
        """Return whether a need is among them."""
        chosen = {one.upper() for one in self.administrations}
        here = (need.workshop, need.help) == (self.workshop, self.help)
        return here and (not chosen or need.administration.upper() in chosen)


@dataclass(frozen=True)
class AskedHelp:
    """One need: what was asked for, by how many people, since when, and where it stands.

    `told` are those who read what was done, `again` those who asked once more after it was done.
    """

    need: Need
    title: str
    administration: str
    label: str
    people: int
    since: datetime
    standing: Standing
    by: str = ""
    changed_at: datetime | None = None
    told: int = 0
    again: int = 0

    @property
    def waits_for_approval(self) -> bool:
        """Whether it is done and nobody has approved that its sentence is sent."""
        one = self.standing
        return one.state is HelpState.DONE and bool(one.sentence) and not one.approved


def asked_help(connection: Connection, code: str = "") -> list[AskedHelp]:
    """Return the needs of a workshop, or of all: what waits first, then by people who asked."""
    codes = [code] if code else None
    found = asks_in(connection, codes)
    newest = {one.need: one for one in help_changes_in(connection, codes)}
    listed = _listed(connection, found, newest)
    return sorted(listed, key=_place)


def _place(one: AskedHelp) -> tuple[int, str, int, Need]:
    return ORDER.index(one.standing.state), one.need.workshop, -one.people, one.need


def asks_by_need(asks: Collection[Ask]) -> Mapping[Need, Sequence[Ask]]:
    """Return who asked, by need."""
    found: dict[Need, list[Ask]] = defaultdict(list)
    for one in asks:
        found[need_of(one)].append(one)
    return found


def label_in_english(asks: Asks, workshop: str, help_: str) -> str:
    """Return the words of a kind of help as staff read them; its code if nobody asked for it."""
    label = asks.labels.get((workshop, help_), {})
    return label.get(ENGLISH) or next(iter(label.values()), help_)


def _listed(
    connection: Connection, found: Asks, newest: Mapping[Need, HelpChange]
) -> list[AskedHelp]:
    needs = asks_by_need(found.asks)
    told = told_to(connection, [one.enrolment for one in found.asks])
    codes = {one.workshop for one in needs}
    titles = {one.code: one.title for one in plain_workshops_with(connection, codes)}
    names = administration_names(connection)
    who = {code: label_of(connection, code) for code in {one.by for one in newest.values()}}
    listed = []
    for need, asks in needs.items():
        change = newest.get(need)
        listed.append(
            AskedHelp(
                need,
                titles[need.workshop],
                names[need.administration],
                label_in_english(found, need.workshop, need.help),
                len({one.participant for one in asks}),
                min(one.first for one in asks),
                change.standing if change else Standing(),
                who[change.by] if change else "",
                change.at if change else None,
                sum((one.enrolment, one.help) in told for one in asks),
                _again(asks, change),
            )
        )
    return listed


def _again(asks: Sequence[Ask], change: HelpChange | None) -> int:
    if change is None or change.standing.state is not HelpState.DONE:
        return 0
    return sum(one.last > change.at for one in asks)


def name_of(connection: Connection, wanted: Wanted) -> str:
    """Return what is wanted in words: the kind of help, of whom, and the workshop."""
    found = asks_in(connection, [wanted.workshop])
    label = label_in_english(found, wanted.workshop, wanted.help)
    names = administration_names(connection)
    whose = ", ".join(names.get(one.upper(), one) for one in wanted.administrations)
    of = f" of {whose}" if whose else ""
    return f"“{label}”{of} ({wanted.workshop})"


def languages_asked(connection: Connection, wanted: Wanted) -> list[str]:
    """Return the languages of the people who asked for some help, the most frequent first."""
    asks = asks_in(connection, [wanted.workshop]).asks
    mine = {one.participant for one in asks if wanted.covers(need_of(one))}
    spoken = Counter(one.language for one in people_with(connection, sorted(mine)).values())
    read = Counter[str]()
    for language, number in spoken.items():
        read[best_language(language, worded_languages()) or ENGLISH] += number
    return [language for language, _ in read.most_common()]


def standing_words(one: AskedHelp) -> str:
    """Return where a need stands, in words: "done, told 2 of 3"."""
    state = one.standing.state
    if state is not HelpState.DONE:
        return str(state)
    if one.waits_for_approval:
        return "done, waits for approval"
    again = f", asked again by {one.again}" if one.again else ""
    return f"done, told {one.told} of {one.people}{again}"
