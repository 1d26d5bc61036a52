"""What people say of what is true: more often right than wrong, and not of everything."""

from collections import Counter
from random import Random

from bot.demo.telling import Teller
from bot.demo.truth import Ground, Officer
from surveys.authoring.packaged import packaged_questionnaire

MANY = 1000
GROUND = Ground(
    frozenset(["training"]), {"procedure": 5, "unit": 12}, {"budget": "drafted", "law": "proposed"}
)
REGULAR = Officer(tries=1, regular=2)


def teller(ground: Ground = GROUND, error: float = 0.1) -> Teller:
    return Teller(ground, 10, Random(1), error)


def test_without_errors_an_officer_says_only_what_is_there() -> None:
    one = teller(error=0)
    for _ in range(MANY):
        for kind, status in (one.anchors() or {}).items():
            assert status in (GROUND.status(kind, 10), "dont_know")
    assert {one.use(REGULAR) for _ in range(MANY)} == {"regular", "improved"}
    assert {one.use(Officer()) for _ in range(MANY)} == {"not_yet", "preparing"}
    assert {one.use(Officer(tries=1, stops=2)) for _ in range(MANY)} == {"stopped"}


def test_with_errors_some_claim_what_they_do_not_do_and_what_is_not_new() -> None:
    one = teller()
    uses = Counter(one.use(Officer()) for _ in range(MANY))
    assert MANY / 20 < uses["tried"] < MANY / 5
    told = [one.anchors() for _ in range(MANY)]
    assert any(said["training"] == "new" for said in told if said and "training" in said)
    assert any(said["system"] == "new" for said in told if said and "system" in said)


def test_some_know_nothing_some_leave_boxes_open_and_every_status_is_told() -> None:
    one = teller()
    told = [one.anchors() for _ in range(MANY)]
    assert None in told
    assert any("procedure" not in said for said in told if said is not None)
    offered = {option.name for option in packaged_questionnaire("M6").choices["anchor_status"]}
    changed = Ground(frozenset(["unit"]), {"unit": 1})
    told += [teller(changed).anchors() for _ in range(10)]
    assert {status for said in told if said for status in said.values()} == offered


def test_a_contact_point_gives_every_status_and_is_mostly_right() -> None:
    offered = {o.name for o in packaged_questionnaire("NCP12").choices["anchor_status_seen"]}
    one = teller()
    said = Counter(one.seen("procedure") for _ in range(MANY))
    assert set(said) == offered - {"changed"}
    assert said["new"] > MANY / 3
    denied = Counter(one.seen("system") for _ in range(MANY))
    assert denied["not_in_force"] > MANY / 2


def test_a_supervisor_ticks_mostly_what_is_in_force() -> None:
    one = teller()
    ticks = Counter(kind for _ in range(MANY) for kind in one.seen_by_supervisor())
    assert ticks["procedure"] > 5 * ticks["system"] > 0


def test_others_use_it_where_it_is_routine_and_sometimes_it_only_looks_so() -> None:
    one = teller(Ground(routine=3))
    usual = Counter(one.others_use() for _ in range(MANY))
    assert usual["most"] > 0.75 * MANY
    one = teller(Ground(few_use=True))
    few = Counter(one.others_use() for _ in range(MANY))
    assert few["few"] > few["most"] > 0
