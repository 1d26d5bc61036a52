"""The worked example: one workshop of eight delegations and fourteen officers, with all figures."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.disclosure.crowds import PLACES, Answer, Person, tellable
from analysis.measures.delegations.anchors import Anchor, Standing
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import Headline, Outcome, outcome
from analysis.measures.delegations.states import State
from analysis.measures.delegations.trend import trend
from analysis.measures.delegations.units import Delegation, Seat, Told
from surveys.planning.dispositions import Disposition
from surveys.planning.response_rates import Rate, response_rates
from tests.places import DATA

HERE = DATA / "method"
USABLE = ("complete", "partial")
ITEMS = {("M12", "anchors"): "anchors_new"}
PREFIXES = {"M12": "new_status_", "NCP12": "seen_"}
OPEN = {State.NOT_KNOWN: "open"}


@cache
def raw() -> tuple[Mapping[str, str], ...]:
    with (HERE / "answers.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Example:
    """The rows of the example, which can be changed."""

    rows: tuple[Mapping[str, str], ...]

    def put(self, person: str, wave: str, **values: str) -> "Example":
        """Answer items of a response in another way, or answer a wave that was silent."""
        own = [row for row in self.rows if (row["person"], row["wave"]) == (person, wave)]
        kept = [row for row in self.rows if row not in own]
        told = {row["item"]: row["value"] for row in own if row["item"]} | values
        head = {key: own[0][key] for key in ("delegation", "person", "role", "wave")}
        head["disposition"] = own[0]["disposition"] if own[0]["item"] else "complete"
        added = [head | {"item": item, "value": value} for item, value in told.items()]
        return Example((*kept, *added))

    def with_response(
        self, delegation: str, person: str, role: str, wave: str, **values: str
    ) -> "Example":
        """Add a complete response, of somebody who was not asked in that wave before."""
        head = {"delegation": delegation, "person": person, "role": role, "wave": wave}
        told = [
            {**head, "disposition": "complete", "item": item, "value": value}
            for item, value in values.items()
        ]
        return Example((*self.rows, *told))

    def silent_in(self, person: str, wave: str) -> "Example":
        """Take away what a person has told in one wave."""
        of_it = [row for row in self.rows if (row["person"], row["wave"]) == (person, wave)]
        return Example(tuple(row for row in self.rows if row not in of_it))

    def replaced(self, item: str, value: str, wave: str = "") -> "Example":
        """Give one value to every answer to an item (to all items with a prefix that ends with `_`)."""
        return Example(
            tuple(
                row | {"value": value} if _is(row, item) and wave in ("", row["wave"]) else row
                for row in self.rows
            )
        )

    def everywhere(self, wave: str, **values: str) -> "Example":
        """Give the same values in all responses of a wave."""
        people = {r["person"] for r in self.rows if r["wave"] == wave and r["item"]}
        found = self
        for person in sorted(people):
            found = found.put(person, wave, **values)
        return found

    def without_answers_of(self, person: str) -> "Example":
        """Take away what a person has told; the seat stays."""
        silence = {"disposition": "refusal", "item": "", "value": ""}
        return Example(
            tuple(row | silence if row["person"] == person else row for row in self.rows)
        )

    def delegations(self) -> tuple[Delegation, ...]:
        told: dict[tuple[str, str, str], dict[str, dict[str, str]]] = defaultdict(dict)
        for row in self.rows:
            seat = told[row["delegation"], row["role"], row["person"]]
            if row["item"] and row["disposition"] in USABLE:
                seat.setdefault(row["wave"], {})[item_of(row)] = row["value"]
        people = sorted({row["person"] for row in self.rows})
        seats = {
            key: Seat(people.index(key[2]), {wave: Told(said) for wave, said in waves.items()})
            for key, waves in told.items()
        }
        seen = {r["delegation"]: {(r["value"], "M12")} for r in self.rows if _by_office(r)}
        return tuple(
            Delegation(
                "W",
                place,
                tuple(one for key, one in seats.items() if key[:2] == (place, "officer")),
                tuple(one for key, one in seats.items() if key[:2] in _witnesses(place)),
                seen=frozenset(seen.get(place, ())),
            )
            for place in sorted({key[0] for key in seats})
        )

    def outcome(self) -> Outcome:
        return outcome(self.delegations(), "M12")

    def rates(self, wave: str) -> dict[str, str]:
        fates = {
            r["person"]: Disposition(r["disposition"]) for r in self.rows if r["wave"] == wave
        }
        return {one.name: _rate(one) for one in response_rates(Counter(fates.values())).all}

    def trends(self) -> dict[str, dict[str, int]]:
        names = ("PRE_to_M6", "M6_to_M12")
        return {
            name: {"people": one.pairs, "up": one.up, "same": one.same, "down": one.down}
            for name, one in zip(
                names, trend(self.delegations(), {"W": "M12"}).values(), strict=True
            )
        }


def _witnesses(place: str) -> tuple[tuple[str, str], ...]:
    return (place, "contact_point"), (place, "supervisor")


EXAMPLE = Example(raw())


def _is(row: Mapping[str, str], item: str) -> bool:
    return row["item"].startswith(item) if item.endswith("_") else row["item"] == item


def item_of(row: Mapping[str, str]) -> str:
    """The name of an item in the questionnaires."""
    wave, item = row["wave"], row["item"]
    if item.startswith("status_"):
        return PREFIXES[wave] + item.removeprefix("status_")
    return ITEMS.get((wave, item), item)


def _by_office(row: Mapping[str, str]) -> bool:
    return row["item"] == "document_seen"


def _rate(one: Rate) -> str:
    assert one.share is not None
    return f"{one.part} of {one.base} = {100 * one.share:.1f} %"


def told_of(headline: Headline, units: Iterable[Delegation]) -> dict[str, Any]:
    """A headline as the example gives it."""
    bounds = headline.bounds
    words = {place: OPEN.get(state, str(state)) for (_, place), state in headline.states.items()}
    found = {
        "asked": bounds.total,
        "replied": headline.replied,
        "yes": bounds.yes,
        "no": bounds.no,
        "disputed": bounds.disputed,
        "not_known": bounds.not_known,
        "at_least": bounds.at_least,
        "at_most": bounds.at_most,
        "likely": [*bounds.likely],
        "delegations": words,
        "outside": _outside(headline, units),
    }
    if headline.key == "embedded":
        found["at_least_without_claimed"] = bounds.at_least_better
    return found


def _outside(headline: Headline, units: Iterable[Delegation]) -> dict[str, Any]:
    crowd: dict[int | str, Answer] = {}
    for one in units:
        state = headline.states[one.workshop, one.place]
        there = {(seat.number, one.place): seat for seat in one.members}
        replied = [
            who for who, seat in there.items() if seat.replied(headline.waves[one.workshop])
        ]
        codes, asked = frozenset((str(state),)), frozenset[Person](there)
        crowd[one.place] = Answer(codes, (), frozenset(replied), asked)
    yes = [one for one in crowd.values() if State.YES in one.codes]
    rest = [one for one in crowd.values() if State.YES not in one.codes]
    shown = tellable(crowd, (State.YES,), PLACES)
    return {
        "officers_behind_yes": sum(len(one.replied) for one in yes),
        "officers_behind_rest": sum(len(one.asked) for one in rest),
        "text": f"{len(yes)} of {len(crowd)}" if shown else "not shown",
    }


def anchor_told(anchor: Anchor) -> dict[str, str]:
    """An anchor as the example gives it."""
    found = {"state": str(anchor.standing)}
    if anchor.standing is Standing.COMING:
        return found | {"status": anchor.status}
    return found | ({"grade": anchor.evidence.name.lower()} if anchor.evidence else {})


def grades_told(found: Outcome) -> tuple[int, ...]:
    """How many have each grade, from claimed to document seen."""
    return tuple(found.grades[grade] for grade in Evidence)
