"""Offices with participants of all levels, told by hand or at random, and their bundle for viewers."""

from collections.abc import Mapping
from random import Random

from analysis.exports.audience import Audience
from surveys.authoring.packaged import packaged_questionnaire
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Option
from tests.analysis.builder import PLACES, Story
from tests.analysis.exports.opening import ITEMS, Opened, opened, pin, questionnaire

LEVELS = ("officer", "team", "division", "director")
LOW, HIGH = "officer_team", "division_director"
ABOUT_PEOPLE = (
    Item(name="level", type="select_one", list_name="level", label={"en": "Your level?"}),
    Item(name="function", type="select_one", list_name="level", label={"en": "Your work?"}),
    Item(name="time_in_job", type="integer", label={"en": "Years?"}),
    *ITEMS[:2],
    *ITEMS[3:6],
    Item(
        name="rule_status",
        type="select_one",
        list_name="use",
        label={"en": "How far is the rule?"},
        relevant="(selected(${anchors}, 'rule'))",
    ),
)
ASKED = questionnaire(
    *ABOUT_PEOPLE, level=tuple(Option(name=one, label={"en": one.title()}) for one in LEVELS)
)


def viewers(told: Story, *workshops: str) -> Opened:
    return opened(told, *workshops, audience=Audience.VIEWER)


def table(told: Story, key: str = "M6") -> list[dict[str, str]]:
    return viewers(told).rows(f"wide_{key}")


def workshop(told: Story, code: str) -> Story:
    told.workshop(code)
    pin(told, code, ASKED)
    return told


def group(
    told: Story, code: str, size: int, level: str = "officer", **more: str | tuple[str, ...]
) -> None:
    """Tell of people of one level, who answer `use` differently; several answers go round."""
    given = {"use": ("agree", "strongly_agree"), "level": (level,)}
    given |= {item: (some,) if isinstance(some, str) else some for item, some in more.items()}
    for number in range(size):
        values = {item: some[number % len(some)] for item, some in given.items()}
        told.answers(told.person(code, PLACES[number]), "M6", **values)


def an_office(seed: int = 3) -> Story:
    """Three workshops with all waves, people of all roles, some at two workshops, some silent."""
    random, told = Random(seed), Story()
    people = []
    for code, size in (("TFA", 18), ("RM", 21), ("IPR", 9)):
        told.workshop(code)
        again = people[:4] if code == "RM" else []
        for number in range(size):
            same = again[number] if number < len(again) else None
            people.append(told.person(code, PLACES[number % 9], same_as=same))
            _tell_all(random, told, people[-1], ("PRE", "END", "M3", "M6", "M12"))
        for place in PLACES[:6]:
            _tell_all(random, told, told.person(code, place, "supervisor"), ("SUP6",))
            _tell_all(random, told, told.person(code, place, "contact_point"), ("NCP12",))
    return told


def _tell_all(random: Random, told: Story, person: int, waves: tuple[str, ...]) -> None:
    for wave in waves:
        _tell(random, told, person, wave)


def _tell(random: Random, told: Story, person: int, wave: str) -> None:
    chance = random.random()
    if chance < 0.2:
        told.silent(person, wave)
    elif chance < 0.25:
        told.broke_off(person, wave, **dict([*_values(random, wave).items()][:3]))
    else:
        told.answers(person, wave, **_values(random, wave))


def _values(random: Random, wave: str) -> Mapping[str, str]:
    asked = packaged_questionnaire(wave)
    return {
        item.name: random.choice(asked.options(item)).name
        for item in asked.items
        if type_of(item.type).level in (Level.NOMINAL, Level.SET) and random.random() < 0.8
    }


def random_office(sizes: list[int], random: Random) -> Story:
    """Return an office with workshops of these sizes."""
    told = Story()
    for code, size in zip("AB", sizes, strict=False):
        workshop(told, code)
        for place in PLACES[:size]:
            _random_person(random, told, told.person(code, place))
    return told


def _random_person(random: Random, told: Story, person: int) -> None:
    options = {
        "level": LEVELS,
        "function": LEVELS,
        "use": ("agree", "strongly_agree", "dont_know", "unheard_of"),
        "anchors": ("rule", "course", "rule course"),
        "rule_status": ("agree", "strongly_agree"),
        "scale": ("1", "2"),
        "people": ("3", "03", "4"),
        "since": ("2018-01-02", "2018-01-03"),
    }
    values = {name: random.choice(some) for name, some in options.items() if random.random() < 0.8}
    chance = random.random()
    if chance < 0.2:
        told.silent(person, "M6")
    elif chance < 0.3:
        told.broke_off(person, "M6", **values)
    else:
        told.answers(person, "M6", skipped="time_in_job", **values)
