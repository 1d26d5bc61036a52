"""Two of the office of the demonstration mark themes: they differ here and there, and one is decided."""

from analysis.sections.themes import readers, themes
from bot.demo.choices import VARIED
from bot.demo.theming import WORKSHOP, mark_themes
from bot.desk.reports.theme_reading import differing_texts
from bot.settings.office import Office
from storage.fieldwork.next_contact import Rules
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, PLACES, Story


def test_reports_of_the_demonstration_have_themes_with_their_agreement() -> None:
    story = Story().workshop(WORKSHOP)
    for number in range(12):
        person = story.person(WORKSHOP, PLACES[number])
        told = VARIED["example"][number % len(VARIED["example"])]
        story.answers(person, "M3", job="same", example=told, quote="no")
    office = Office(Rules(packaged_plans(), ("telegram",)))
    mark_themes(story.connection, office, CUT_OFF)
    assert len(differing_texts(story.connection, [WORKSHOP], CUT_OFF)) == 3
    found = themes(story.reading())
    assert found.tables[0].base == 9
    assert found.notes[1].startswith("3 answers are not counted yet")
    assert readers(story.reading()).tables[0].rows[-1][-1] != "–"
