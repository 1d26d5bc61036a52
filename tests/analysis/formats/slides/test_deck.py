"""The template of the office: any file with the two layouts; another one is refused in words."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from analysis.formats import check_template, packaged_template, render
from storage.database import Conflict
from tests.analysis.builder import PLACES, Story


@pytest.fixture(scope="module")
def story() -> Story:
    told = Story().workshop("TFA")
    for place in PLACES[:8]:
        told.answers(told.person("TFA", place), "M6", use_1="regular", effects="faster")
    return told


def own(folder: Path, change: Any = None) -> Path:
    """A template as PowerPoint makes it: four to three, eleven layouts, and here a sample slide."""
    file: Any = Presentation()
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = "A sample"
    if change:
        change(file)
    path = folder / "office.pptx"
    file.save(str(path))
    return path


def test_slides_stand_in_the_template_of_the_office(story: Story, tmp_path: Path) -> None:
    template = own(tmp_path)
    check_template("pptx", template)
    made: Any = Presentation(BytesIO(render(story.report(), "pptx", {"pptx": template})))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    assert made.slides[0].shapes.title.text_frame.text == story.report().title
    assert "A sample" not in [one.shapes.title.text_frame.text for one in made.slides]
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_layouts_are_found_by_their_kind_in_any_language(story: Story, tmp_path: Path) -> None:
    def translate(file: Any) -> None:
        file.slide_layouts[0].name, file.slide_layouts[5].name = "Titelfolie", "Nur Titel"

    assert render(story.report(), "pptx", {"pptx": own(tmp_path, translate)})


def test_a_template_without_a_layout_is_refused_with_the_way_to_add_it(tmp_path: Path) -> None:
    def forget(file: Any) -> None:
        file.slide_layouts.remove(file.slide_layouts[5])

    with pytest.raises(Conflict, match=r"has no layout “Title Only” with a title\. In PowerPoint"):
        check_template("pptx", own(tmp_path, forget))


def test_a_file_that_is_no_presentation_is_refused(story: Story, tmp_path: Path) -> None:
    other = tmp_path / "office.potx"
    other.write_bytes(b"no presentation")
    with pytest.raises(
        Conflict, match=r"office\.potx cannot be read as a presentation: save it as"
    ):
        render(story.report(), "pptx", {"pptx": other})


def test_the_packaged_template_can_be_changed_and_named(story: Story, tmp_path: Path) -> None:
    copy = tmp_path / "office.pptx"
    copy.write_bytes(packaged_template("pptx"))
    assert render(story.report(), "pptx", {"pptx": copy}) == render(story.report(), "pptx")
