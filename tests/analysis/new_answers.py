"""Two years of workshops whose officers say since when something is in force; the same every time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from sqlalchemy import insert, select, update

from storage import schema
from storage.responses.anchor_decisions import AboutAnchor, AnchorDecision, add_anchor_decision
from tests.analysis.builder import PLACES, Story

KINDS = ("procedure", "training", "unit", "budget", "system", "law")
STATUSES = ("proposed", "drafted", "approved", "new", "new", "new", "changed", "changed", "before")
UNSETTLED = ("dont_know", "in_force", "")
READ = ("accepted", "rejected", "undecided")
FRESH = ("new", "changed")
DECIDED = datetime(2018, 11, 25, tzinfo=UTC)
SCOPES: Sequence[tuple[str, ...]] = (("V1",), ("V1", "V2"), ("V1", "V2", "V3"))
"""One workshop, those of a donor, and all."""


def workshops_told_anew(seed: int = 2018) -> Story:
    """Workshops of 8 to 20 delegations with everything that can be told, and that can go missing."""
    chance = Random(seed)
    story = Story()
    for code, places in zip(SCOPES[-1], (20, 12, 8), strict=True):
        story.workshop(code, donors=("JICA",) if code != "V3" else ())
        for place in PLACES[:places]:
            _delegation(story, chance, code, place)
    _office(story, chance)
    return story


def _delegation(story: Story, chance: Random, code: str, place: str) -> None:
    people = [story.person(code, place) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    for person in people:
        _officer(story, chance, person)
    for role, waves in (("supervisor", ("SUP6", "SUP12")), ("contact_point", ("NCP12",))):
        if chance.random() < 0.6:
            also = people[0] if chance.random() < 0.15 else None
            witness = story.person(code, place, role, same_as=also)
            for wave in waves:
                if chance.random() < 0.8:
                    story.answers(witness, wave, **_witness(chance, wave))


def _officer(story: Story, chance: Random, person: int) -> None:
    fate = chance.random()
    enrolments = schema.enrolments
    this = update(enrolments).where(enrolments.c.id == person)
    if fate < 0.05:
        story.connection.execute(this.values(refused_at=DECIDED))
    elif fate < 0.1:
        story.connection.execute(this.values(removed_at=DECIDED, removed_why="did-not-come"))
    elif fate < 0.2:
        moved = {"present_administration": "VU", "present_since": datetime(2018, 8, 1, tzinfo=UTC)}
        story.connection.execute(this.values(moved))
    existed = ["procedure", "unit law", "none", "dont_know"]
    story.answers(person, "PRE", exists_today=chance.choice(existed))
    for wave in ("M3", "M6", "M12"):
        if chance.random() < 0.06:
            story.silent(person, wave)
        elif chance.random() < 0.04:
            story.broke_off(person, wave, use_any="regular")
        else:
            story.answers(person, wave, **_said(chance, wave))


def _said(chance: Random, wave: str) -> dict[str, str]:
    told = {
        "job": chance.choice(("same",) * 6 + ("moved", "moved", "left")),
        "use_1": chance.choice(("not_yet", "tried", "regular", "improved", "stopped")),
    }
    if wave != "M12":
        told["actions"] = chance.choice(("none", "reported", "briefed", "trained shared"))
    if chance.random() < 0.6:
        told["suggestion"] = chance.choice(("none", "waiting", "accepted", "refused"))
    if wave == "M3":
        return told
    told["others_use"] = chance.choice(("nobody", "few", "most", "not_applicable"))
    if wave == "M12" and chance.random() < 0.7:
        told["still"] = chance.choice(("procedure", "procedure unit", "none", "dont_know"))
    return told | _anchors(chance, wave)


def _anchors(chance: Random, wave: str) -> dict[str, str]:
    item, prefix = {"M6": ("anchors", "anchor_status_"), "M12": ("anchors_new", "new_status_")}[
        wave
    ]
    if chance.random() < 0.3:
        return {item: chance.choice(("none", "none", "dont_know"))}
    ticked = sorted(chance.sample(KINDS, chance.choice((1, 1, 2))))
    told = {item: " ".join(ticked)}
    for kind in ticked:
        status = chance.choice(STATUSES if chance.random() < 0.8 else UNSETTLED)
        told |= {prefix + kind: status} if status else {}
        if status in FRESH and chance.random() < 0.7:
            title = f"Order {chance.randrange(100)} of 2018"
            told[f"title_{kind}"] = chance.choice((title, title, "I do not know"))
    return told


def _witness(chance: Random, wave: str) -> dict[str, str]:
    statuses = ("not_in_force", "new", "changed", "before", "in_force", "dont_know")
    if wave == "NCP12":
        if chance.random() < 0.25:  # as an earlier version asked
            return {"in_force": chance.choice(("procedure unit", "none", "dont_know"))}
        return {f"seen_{kind}": chance.choice(statuses) for kind in KINDS}
    told = {"others_use": chance.choice(("nobody", "few", "most"))}
    if chance.random() < 0.3:
        return told | {"anchors": "none"}
    kinds = chance.sample(KINDS, 2)
    seen = {f"anchor_seen_{kind}": chance.choice(statuses) for kind in kinds}
    return told | {"anchors": " ".join(kinds)} | seen


def _office(story: Story, chance: Random) -> None:
    """The office has seen documents, read descriptions and decided disputes."""
    answers = schema.answers.c
    claims = select(answers.case_id, answers.item).where(
        answers.value.in_(FRESH), answers.item.like("%\\_status\\_%", escape="\\")
    )
    for case, item in story.connection.execute(claims.order_by(answers.case_id)).all():
        kind = item.rpartition("_")[2]
        act = chance.random()
        if act < 0.1:
            seen = {"verified_by": "Eva", "how": "seen", "verified_at": DECIDED}
            row = insert(schema.verifications).values(case_id=case, anchor=kind, **seen)
            story.connection.execute(row)
        elif act < 0.3:
            decide(
                story,
                case,
                kind,
                "description",
                chance.choice(READ),
            )
        elif act < 0.5:
            decide(story, case, kind, "dispute", chance.choice(("yes", "no", "undecided")))


def decide(story: Story, case: int, kind: str, about: str, decision: str) -> None:
    """The office decides about an anchor; about its description as it stands now."""
    answers = schema.answers.c
    title = select(answers.answered_at).where(
        answers.case_id == case, answers.item == f"title_{kind}"
    )
    at = story.connection.scalar(title) if about == "description" else None
    new = AnchorDecision(decision, at, "S-EVA", DECIDED)
    add_anchor_decision(story.connection, AboutAnchor(case, kind, about), new)
