"""The worked example as a database, to read its reports."""

from collections import defaultdict

from sqlalchemy import insert

from storage import schema
from tests.analysis.builder import CUT_OFF, PLACES, READ_AT, Story
from tests.analysis.measures.delegations.example import item_of, raw

PLACE_OF = dict(zip("ABCDEFGH", PLACES, strict=False))
ROLES = {"officer": "participant", "contact_point": "contact_point"}


def the_example() -> Story:
    """A workshop of eight delegations and fourteen officers."""
    story = Story().workshop("W", donors=("JICA",))
    told: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    fates, people, cases = {}, {}, {}
    for row in raw():
        if row["role"] in ROLES and row["person"] not in people:
            place = PLACE_OF[row["delegation"]]
            people[row["person"]] = story.person("W", place, ROLES[row["role"]])
        where = row["person"], row["wave"]
        fates[where] = row["disposition"]
        if row["item"] and row["role"] in ROLES:
            told[where][item_of(row)] = row["value"]
    for (person, wave), fate in fates.items():
        if person not in people:
            continue
        cases[person, wave] = (
            story.answers(people[person], wave, **told[person, wave])
            if fate in ("complete", "partial")
            else story.case(people[person], wave, disposition=fate, closed_at=CUT_OFF)
        )
        if fate == "partial":
            facts = {"disposition": fate, "completed_at": None, "asked": 10, "answered": 6}
            story.set("cases", cases[person, wave], **facts)
    seen = {"anchor": "training", "verified_by": "Eva", "how": "seen", "verified_at": READ_AT}
    row = insert(schema.verifications).values(case_id=cases["b1", "M12"], **seen)
    story.connection.execute(row)
    return story
