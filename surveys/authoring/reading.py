"""Questionnaires as YAML text, with XLSForm's names; the packaged ones; and the stored form.

`dump` is the version of record. The checks are those of every reader (`surveys.authoring.assembling`).
"""

import json
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from surveys.authoring.assembling import assemble
from surveys.authoring.drafts import GROUP, LOOP, Draft, OptionRow, Row
from surveys.authoring.translating import translated
from surveys.problem_list import Findings
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
    findings = Findings(source)
    questionnaire = _read(text, findings)
    return questionnaire, findings.problems


def read_questionnaire(text: str, source: str) -> Questionnaire:
    """The questionnaire of a YAML text. Raises BadInput with all errors; warnings do not count."""
    findings = Findings(source)
    questionnaire = _read(text, findings)
    if questionnaire is None:
        raise findings.refuse()
    return questionnaire


def packaged_keys() -> tuple[str, ...]:
    """The keys of the questionnaires that come with the project, sorted."""
    files = _library().joinpath("questionnaires").iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".yaml")))


@lru_cache
def packaged_questionnaire(key: str) -> Questionnaire:
    """A questionnaire of the library with its translations. KeyError for an unknown key."""
    if key not in packaged_keys():
        raise KeyError(key)
    findings = Findings(f"{key}.yaml")
    reader = _QuestionnaireReader(findings)
    whole = reader.mapping(packaged_text(key))
    draft = reader.draft(whole) if whole else None
    questionnaire = assemble(translated(draft), findings) if draft else None
    if questionnaire is None:
        raise findings.refuse()
    return questionnaire


def packaged_text(key: str) -> str:
    """The YAML text of a packaged questionnaire, to start an own one from."""
    return _library().joinpath("questionnaires", f"{key}.yaml").read_text("utf-8")


def dump(questionnaire: Questionnaire) -> str:
    """The stored form: canonical JSON with sorted keys. Equal questionnaires give equal texts."""
    data = questionnaire.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Questionnaire:
    """A questionnaire from its stored form; it was checked before it was stored."""
    return Questionnaire.model_validate_json(text)


def _read(text: str, findings: Findings) -> Questionnaire | None:
    reader = _QuestionnaireReader(findings)
    whole = reader.mapping(text)
    return assemble(reader.draft(whole), findings) if whole else None


def _library() -> Traversable:
    return resources.files("surveys") / "library"


@lru_cache
def _shared_lists() -> dict[str, tuple[OptionRow, ...]]:
    findings = Findings(SHARED_LISTS)
    reader = _QuestionnaireReader(findings)
    whole = reader.mapping(_library().joinpath(SHARED_LISTS).read_text("utf-8"))
    lists = reader.lists(whole, "en")
    if findings.failed:
        raise findings.refuse()
    return lists


class _QuestionnaireReader(YamlReader):
    """The form of a questionnaire in YAML: which keys there are and what they hold."""

    def draft(self, whole: Part) -> Draft:
        head = self.fields(whole, HEAD)
        if self.number(head.get("spec"), SPEC) != SPEC:
            place = head["spec"].place
            self.findings.error(place, f"This program reads questionnaires of spec {SPEC}.")
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
                self.findings.error(cell.place, "is not a column of a choice.", key, fix)
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
