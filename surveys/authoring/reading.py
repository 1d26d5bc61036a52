"""Questionnaires as YAML text, with XLSForm's names.

The checks are those of every reader (`surveys.authoring.assembling`).
"""

from functools import lru_cache

from surveys.authoring.assembling import assemble
from surveys.authoring.drafts import GROUP, LOOP, Draft, OptionRow, Row
from surveys.authoring.packaged import library
from surveys.authoring.translating import translated
from surveys.problem_list import ProblemList
from surveys.problems import Problem
from surveys.questionnaire import SPEC, Questionnaire, Texts
from surveys.yaml_reader import Part, YamlReader

HEAD = (
    "spec",
    "key",
    "title",
    "minutes",
    "default_language",
    "languages",
    "unreviewed",
    "choices",
    "survey",
)
OPTION = ("name", "label", "exclusive", "non_answer")
TEXTS = ("label", "hint", "constraint_message")
CELLS = ("relevant", "constraint", "calculation", "choice_filter")
ITEM = ("type", "name", *TEXTS, *CELLS, "required", "parameters")
GROUPED = {
    GROUP: ("type", "name", "label", "relevant", "items"),
    LOOP: ("type", "name", "label", "relevant", "over", "ticked", "max", "items"),
}
SHARED_LISTS = "lists.yaml"


def check_questionnaire(
    text: str, source: str
) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """The questionnaire of a YAML text and everything that is wrong with it, at once.

    None if there is an error; with warnings alone the questionnaire can be used. `source` names
    the file in the problems.
    """
    problem_list = ProblemList(source)
    questionnaire = _read(text, problem_list)
    return questionnaire, problem_list.problems


def read_questionnaire(text: str, source: str) -> Questionnaire:
    """The questionnaire of a YAML text. Raises BadInput with all errors; warnings do not count."""
    problem_list = ProblemList(source)
    questionnaire = _read(text, problem_list)
    if questionnaire is None:
        raise problem_list.refuse()
    return questionnaire


def assembled(text: str, source: str) -> Questionnaire:
    """Return the questionnaire of an English YAML text of the library, with its translations.

    Raises BadInput with all errors; warnings do not count.
    """
    problem_list = ProblemList(source)
    reader = _QuestionnaireReader(problem_list)
    whole = reader.mapping(text)
    questionnaire = assemble(translated(reader.draft(whole)), problem_list) if whole else None
    if questionnaire is None:
        raise problem_list.refuse()
    return questionnaire


def _read(text: str, problem_list: ProblemList) -> Questionnaire | None:
    reader = _QuestionnaireReader(problem_list)
    whole = reader.mapping(text)
    return assemble(reader.draft(whole), problem_list) if whole else None


@lru_cache
def _shared_lists() -> dict[str, tuple[OptionRow, ...]]:
    problem_list = ProblemList(SHARED_LISTS)
    reader = _QuestionnaireReader(problem_list)
    whole = reader.mapping(library().joinpath(SHARED_LISTS).read_text("utf-8"))
    lists = reader.lists(whole, "en")
    if problem_list.failed:
        raise problem_list.refuse()
    return lists


class _QuestionnaireReader(YamlReader):
    """The form of a questionnaire in YAML: which keys there are and what they hold."""

    def draft(self, whole: Part) -> Draft:
        head = self.fields(whole, HEAD)
        if self.number(head.get("spec"), SPEC) != SPEC:
            place = head["spec"].place
            self.problem_list.error(place, f"This program reads questionnaires of spec {SPEC}.")
        default = self.text(head.get("default_language"), "en")
        languages = tuple(self.text(part) for part in self.rows(head.get("languages")))
        own = self.lists(head.get("choices"), default)
        return Draft(
            key=self.text(head.get("key")),
            title=self.texts(head.get("title"), default),
            rows=tuple(self._row(part, default) for part in self.rows(head.get("survey"))),
            lists=_shared_lists() | own,
            minutes=self.number(head.get("minutes"), 5),
            default_language=default,
            languages=languages or (default,),
            unreviewed=tuple(self.text(part) for part in self.rows(head.get("unreviewed"))),
            places={key: part.place for key, part in head.items()},
        )

    def lists(self, part: Part | None, default: str) -> dict[str, tuple[OptionRow, ...]]:
        """Lists of choices by name."""
        return {
            name: tuple(self._option(row, default) for row in self.rows(rows))
            for name, rows in self.entries(part).items()
        }

    def texts(self, part: Part | None, default: str) -> Texts:
        """A text by language; a plain one is in the default language."""
        if part is None or not isinstance(part.value, dict):
            text = self.text(part)
            return {default: text} if text else {}
        return {language: self.text(one) for language, one in part.value.items()}

    def _option(self, part: Part, default: str) -> OptionRow:
        cells = self.entries(part)
        for key, cell in cells.items():
            if key not in OPTION and (" " in key or not self.text(cell)):
                # YAML reads "label: Yes, often" inside braces as two keys.
                fix = "A text with a comma needs quotes here; a filter column needs a value."
                self.problem_list.error(cell.place, "is not a column of a choice.", key, fix)
        return OptionRow(
            place=part.place,
            name=self.text(cells.get("name")),
            label=self.texts(cells.get("label"), default),
            exclusive=self.flag(cells.get("exclusive")),
            non_answer=self.text(cells.get("non_answer")),
            extra={key: self.text(one) for key, one in cells.items() if key not in OPTION},
        )

    def _row(self, part: Part, default: str) -> Row:
        kind = self.entries(part).get("type")
        cells = self.fields(part, GROUPED.get(self.text(kind), ITEM))
        plain = (*CELLS, "over", "ticked", "max")
        parameters = self.entries(cells.get("parameters"))
        return Row(
            place=part.place,
            type=self.text(kind),
            name=self.text(cells.get("name")),
            cells={key: self.text(cells[key]) for key in plain if key in cells},
            texts={key: self.texts(cells[key], default) for key in TEXTS if key in cells},
            parameters={name: self.text(one) for name, one in parameters.items()},
            required=self.flag(cells.get("required")),
            rows=tuple(self._row(one, default) for one in self.rows(cells.get("items"))),
            places={key: one.place for key, one in cells.items()},
        )
