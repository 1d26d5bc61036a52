"""The largest story of one workshop: 32 people of 25 administrations over a whole year."""

from tests.analysis.builder import PLACES, Story

USES = ("regular", "improved", "tried", "preparing", "not_yet", "tried", "regular", "stopped")
ANCHORS = (
    "procedure training",
    "procedure law",
    "unit",
    "none",
    "system budget",
    "training",
    "none",
    "dont_know",
)
STATUSES = ("new", "changed", "approved", "drafted")
EARLIER = ("in_force", "in_force", "approved", "drafted")
STANDING = ("new", "changed", "in_force", "before")
OBSTACLES = (
    "staff time",
    "budget it",
    "legal",
    "chief staff",
    "none",
    "others time",
    "moved",
    "no_opportunity",
)


def a_whole_year(
    title: str = "Risk management and post-seizure analysis", earlier: bool = False
) -> Story:
    """Most codes of most items occur; some are silent, blocked, moved or broke off.

    With `earlier` people say what is in force in the words of the versions that did not ask since when.
    """
    story = Story().workshop("RM", title, donors=("CCF/Japan", "JICA"))
    people = [story.person("RM", PLACES[number % 25]) for number in range(32)]
    for number, person in enumerate(people):
        story.answers(
            person,
            "PRE",
            attribution="yes" if number % 3 else "no",
            stage_now=f"s{number % 3}" if number % 7 else "dont_know",
        )
        story.answers(person, "END", changes="procedure", confidence_now="4")
        for wave in ("M3", "M6", "M12"):
            _follow_up(story, number, person, wave, earlier)
    for number in range(0, 18, 2):
        place = PLACES[number]
        boss = story.person("RM", place, "supervisor")
        for wave in ("SUP6", "SUP12"):
            story.answers(
                boss,
                wave,
                knows="yes",
                observes="regular",
                others_use="few",
                **_seen(ANCHORS[number % 8].split()[0], number, earlier),
                effects="faster",
                obstacles="staff",
            )
        contact = story.person("RM", place, "contact_point")
        story.answers(
            contact,
            "NCP12",
            **({"in_force": "procedure"} if earlier else {"seen_procedure": STANDING[number % 4]}),
            permission="yes" if number % 4 else "no",
        )
    return story


def _seen(code: str, number: int, earlier: bool) -> dict[str, str]:
    """What a supervisor says of a kind, or of none."""
    ticked = {"anchors": code}
    if earlier or code in ("none", "dont_know"):
        return ticked
    return ticked | {f"anchor_seen_{code}": STANDING[number % 4]}


def _follow_up(story: Story, number: int, person: int, wave: str, earlier: bool) -> None:
    if number % 25 in (19, 20, 21):
        story.silent(person, wave)
    elif number % 25 == 22:
        story.blocked(person, wave)
    elif number % 25 == 23 and wave != "M3":
        story.broke_off(person, wave, job="same")
    elif number % 25 == 18 and wave == "M12":
        story.answers(
            person, wave, job="left", taken_over="successor", stays="procedure", quote="anonymous"
        )
    else:
        story.answers(person, wave, **_values(number, wave, earlier))


def _values(number: int, wave: str, earlier: bool) -> dict[str, str]:
    pick = number % 8
    values = {"job": "same", "use_1": USES[pick]}
    if wave == "M3":
        actions = ("reported briefed", "trained", "none", "shared drafted")[number % 4]
        return values | {
            "actions": actions,
            "suggestion": ("accepted", "waiting", "none", "refused")[number % 4],
            "obstacles": OBSTACLES[pick],
            "help": ("templates expert", "elearning", "none", "letter exchange")[number % 4],
        }
    values |= {
        "stage_now": f"s{number % 5 + (wave == 'M12') * (number % 3 - 1)}" if number % 5 else "s0",
        "others_use": ("few", "most", "nobody", "not_applicable")[number % 4],
        "effects": (
            "faster accurate",
            "detections revenue",
            "none",
            "cooperation",
            "compliance safety",
        )[number % 5],
        "project": ("none", "planned", "running", "done")[number % 4],
    }
    if values["effects"] != "none":
        values |= {
            "effect_source": ("records", "estimate", "impression")[number % 3],
            "contribution": ("little", "some", "half", "most")[number % 4],
        }
    codes = [code for code in ANCHORS[pick].split() if code not in ("none", "dont_know")]
    if wave == "M6":
        values |= {"anchors": ANCHORS[pick], "obstacles": OBSTACLES[pick]}
        return values | _told(codes, number, earlier)
    values |= {"still": " ".join(codes)} if codes and number % 4 < 2 else {}
    return values | {
        "would_continue": ("continues", "maybe", "stops")[number % 3],
        "anchors_new": "none",
    }


def _told(codes: list[str], number: int, earlier: bool) -> dict[str, str]:
    """How far each kind is, and what the first of them is called."""
    status = (EARLIER if earlier else STATUSES)[number % 4]
    told = {f"anchor_status_{code}": status for code in codes}
    if not codes or number % 4 != 1:
        return told
    return told | {"proof" if earlier else f"title_{codes[0]}": "Order 12 of 2018"}
