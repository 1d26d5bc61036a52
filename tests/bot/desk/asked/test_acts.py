"""Help that people asked for: listed, taken up, closed with a sentence, approved, and undone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.desk.asked.acts import approve, close, take_up, to_approve, undo
from bot.desk.asked.listing import AskedHelp, Wanted, asked_help
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.erasure.erasing import erase
from storage.fieldwork.next_contact import Rules
from storage.office.audit import entries
from storage.office.help_needs import help_changes_in
from storage.office.waiting import what_waits
from storage.responses.help_asked import asks_of
from surveys.authoring.stored_form import load
from surveys.help_asked import HelpState
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from tests.analysis.builder import CUT_OFF, Story, questionnaire_body
from tests.bot.breaking import listening

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
ONLY_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
TEMPLATES = Wanted("W", "templates")
IN_FIJI = Wanted("W", "templates", ("fj",))
JULY = date(2019, 7, 31)
DONE = {"en": "Model texts are at https://example.org/texts."}


class Desk:
    """An office that was asked for templates by Fiji twice and by Tonga, for advice by Tonga."""

    def __init__(self, url: str) -> None:
        self.story = Story(url).workshop("W")
        told = (
            ("FJ", "templates"),
            ("FJ", "templates"),
            ("TO", "templates expert"),
            ("VU", "none"),
        )
        self.people = [self.story.person("W", place) for place, _ in told]
        for one, (_, help_) in zip(self.people, told, strict=True):
            self.story.answers(one, "M3", help=help_)
        self.story.answers(self.people[0], "M12", next_need="templates")
        self.story.connection.commit()
        self.database = Database(url)

    def run(self, act: Callable[..., Any], *given: Any, office: Office = EVA) -> Any:
        return self.database.run(act, office, *given, CUT_OFF)

    def asked(self) -> dict[tuple[str, str], AskedHelp]:
        found = self.database.read(asked_help, "W")
        return {(one.need.administration, one.need.help): one for one in found}

    def states(self) -> dict[tuple[str, str], str]:
        return {key: str(one.standing.state) for key, one in self.asked().items()}

    def log(self) -> list[tuple[str, str, dict[str, int]]]:
        found = self.database.read(entries, CUT_OFF - timedelta(days=1))
        return [(str(one.act), one.about, dict(one.counts)) for one in found]

    def close(self) -> None:
        self.story.close()
        self.database.close()


@pytest.fixture
def desk(empty_url: str) -> Iterator[Desk]:
    made = Desk(empty_url)
    yield made
    made.close()


def test_what_was_asked_for_is_listed_and_taken_up_until_a_day(desk: Desk) -> None:
    assert {key: one.people for key, one in desk.asked().items()} == {
        ("FJ", "templates"): 2,
        ("TO", "templates"): 1,
        ("TO", "expert"): 1,
    }
    assert desk.asked()["FJ", "templates"].label == "Examples or templates"
    done = desk.run(take_up, TEMPLATES, JULY)
    assert done.said == (
        "“Examples or templates” (W), asked by 3 people in 2 administrations: "
        "taken up until Wed 31 July 2019."
    )
    assert desk.states()["TO", "expert"] == "waiting"
    assert desk.asked()["FJ", "templates"].standing.due_on == JULY
    again = desk.run(take_up, TEMPLATES, JULY, office=FAY)
    assert (again.act, again.said.rpartition(". ")[2]) == (0, "Nothing was changed.")
    assert desk.log() == [
        ("help taken up", "W templates", {"needs": 2, "people": 3, "help_act": done.act})
    ]


def test_an_undo_puts_back_what_nobody_changed_since_and_names_the_rest(desk: Desk) -> None:
    taken = desk.run(take_up, TEMPLATES, JULY)
    desk.run(close, IN_FIJI, DONE, office=FAY)
    done = desk.run(undo, taken.act)
    assert done.said == ("Taken back for 1 administration. Changed since, by S-FAY: FJ.")
    assert desk.states() == {
        ("FJ", "templates"): "done",
        ("TO", "templates"): "waiting",
        ("TO", "expert"): "waiting",
    }
    assert desk.run(undo, taken.act).said == (
        "Changed since, by S-EVA, S-FAY: FJ, TO. Nothing was changed."
    )


@ONLY_SQLITE
def test_a_sentence_is_sent_only_after_it_is_approved(desk: Desk) -> None:
    desk.run(close, TEMPLATES, DONE)
    assert desk.database.read(to_approve, TEMPLATES).lines == (
        "“Model texts are at https://example.org/texts.”",
        "3 people will read it once, in the next invitation.",
    )
    done = desk.run(approve, TEMPLATES)
    assert done.needs == 2 and not desk.run(approve, TEMPLATES).act
    assert desk.database.read(to_approve, TEMPLATES).needs == ()
    desk.run(close, IN_FIJI, {"en": "Model texts were sent in March."})
    assert desk.asked()["TO", "templates"].standing.approved
    assert desk.asked()["FJ", "templates"].waits_for_approval
    assert [act for act, _, _ in desk.log()] == [
        "help done",
        "sentence about help approved",
        "help done",
    ]


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("sentences", "wrong"),
    [
        ({"en": " "}, "none in English"),
        ({"fr": "Les modèles sont prêts."}, "none in English"),
        ({"en": "x" * 301}, "longer than 300"),
        ({"en": "See www.example.org"}, "not everybody can open"),
        ({"en": "See http://intranet/texts"}, "not everybody can open"),
        ({"en": "See https://bücher.example/a"}, "not everybody can open"),
        ({"en": "See ftp://example.org/a"}, "not everybody can open"),
        ({"en": "Write to ana@example.org."}, "e-mail address"),
        ({"en": "Call +66 2 667 6777."}, "phone number"),
        ({"en": "Done.", "xx": "Done."}, "does not speak"),
    ],
)
def test_a_sentence_that_cannot_be_sent_is_refused(
    desk: Desk, sentences: dict[str, str], wrong: str
) -> None:
    with pytest.raises(BadInput, match=wrong):
        desk.run(close, TEMPLATES, sentences)


@ONLY_SQLITE
def test_whoever_approves_sees_what_may_be_a_name(desk: Desk) -> None:
    desk.run(close, TEMPLATES, {"en": "Name sent them; the name of the page is at home."})
    assert desk.database.read(to_approve, TEMPLATES).names == ("Name",)


def test_what_is_past_its_day_and_what_waits_for_approval_is_counted(desk: Desk) -> None:
    def waits() -> tuple[int, int]:
        found = desk.database.read(what_waits, CUT_OFF, JULY)
        return found.late_help, found.sentences

    desk.run(take_up, TEMPLATES, JULY)
    assert waits() == (0, 0)
    desk.run(take_up, TEMPLATES, JULY - timedelta(days=1))
    assert waits() == (1, 0)
    desk.run(close, IN_FIJI, DONE)
    assert waits() == (1, 1)
    desk.run(close, TEMPLATES, DONE)
    desk.run(approve, TEMPLATES)
    assert waits() == (0, 0)


def test_what_was_asked_by_people_who_were_removed_waits_for_nobody(desk: Desk) -> None:
    desk.run(take_up, TEMPLATES, JULY - timedelta(days=1))
    desk.run(close, IN_FIJI, DONE)
    for one in desk.people[:3]:
        desk.story.set("enrolments", one, removed_at=CUT_OFF)
    desk.story.connection.commit()
    found = desk.database.read(what_waits, CUT_OFF, JULY)
    assert (found.late_help, found.sentences) == (0, 0)
    assert desk.asked() == {}


@ONLY_SQLITE
def test_help_is_called_as_its_own_workshop_asked_for_it(desk: Desk) -> None:
    """An office may ask another list under the same codes; only questionnaires in question are read."""

    def statements() -> int:
        said: list[str] = []
        with listening(desk.database, "before_cursor_execute", lambda *c: said.append(str(c[2]))):
            desk.database.read(asks_of, desk.people[:1])
        return len(said)

    before = statements()
    story, other = desk.story.workshop("X"), questionnaire_body("M3")
    story.publish(load(other.replace("Examples or templates", "Spreadsheets")), version=2)
    asker = story.person("X", "FJ")
    story.answers(asker, "M3", help="templates")
    story.set("waves", story.wave("X", "M3"), questionnaire_version=2)
    story.connection.commit()
    found = desk.database.read(asked_help)
    labels = {one.need.workshop: one.label for one in found if one.need.help == "templates"}
    assert labels == {"W": "Examples or templates", "X": "Spreadsheets"}
    assert statements() == before


@ONLY_SQLITE
def test_what_nobody_asked_for_cannot_be_taken_up(desk: Desk) -> None:
    for wanted in (Wanted("W", "none"), Wanted("W", "expert", ("FJ",)), Wanted("W", "money")):
        with pytest.raises(NotFound, match="asked list W"):
            desk.run(take_up, wanted, JULY)


@ONLY_SQLITE
def test_who_asks_again_after_it_was_done_is_counted(desk: Desk) -> None:
    early = CUT_OFF - timedelta(days=200)
    desk.database.run(close, EVA, TEMPLATES, DONE, early)
    assert desk.asked()["FJ", "templates"].again == 1
    assert desk.asked()["TO", "templates"].again == 0


def test_erasing_the_only_one_who_asked_erases_the_sentence(desk: Desk) -> None:
    desk.run(close, TEMPLATES, DONE)
    kept = {"FJ": DONE["en"], "TO": ""}
    desk.database.run(erase, desk.people[2], CUT_OFF, keep_answers=False)
    desk.database.run(erase, desk.people[1], CUT_OFF, keep_answers=False)
    left = desk.asked()
    assert {key: one.people for key, one in left.items()} == {("FJ", "templates"): 1}
    stored = desk.database.read(help_changes_in)
    assert {one.need.administration: one.standing.sentence for one in stored} == kept
    assert {one.standing.state for one in stored} == {HelpState.DONE}


def test_a_sentence_that_was_changed_since_it_was_read_is_not_approved(desk: Desk) -> None:
    desk.run(close, TEMPLATES, DONE)
    shown = desk.database.read(to_approve, TEMPLATES).sign
    desk.run(close, TEMPLATES, {"en": "Model texts are at https://example.org/new."}, office=FAY)
    with pytest.raises(Conflict, match="changed since you read it"):
        desk.database.run(approve, EVA, TEMPLATES, CUT_OFF, shown)
    assert not [one for one in desk.asked().values() if one.standing.approved]
    again = desk.database.read(to_approve, TEMPLATES).sign
    assert desk.database.run(approve, EVA, TEMPLATES, CUT_OFF, again).needs == 2
