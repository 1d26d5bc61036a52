"""What surrounds a row: the conditions of its groups, the option of its loop, and its headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys.authoring.drafts import Condition, OptionRow, Placed, Row
from surveys.items import BY_NAME
from surveys.questionnaire import Texts

OPTION_LABEL = "%(label)s"


@dataclass(frozen=True)
class Copy:
    """The option for which the rows of a loop are copied, and the names that the loop defines."""

    option: OptionRow
    names: frozenset[str]
    default_language: str

    def name(self, name: str) -> str:
        return f"{name}_{self.option.name}"

    def expression(self, text: str) -> str:
        """Return an expression with references to rows of the loop changed to their copies."""
        return re.sub(r"\$\{\s*([\w.-]+)\s*\}", self._reference, text)

    def texts(self, texts: Texts) -> Texts:
        label = self.option.label
        spoken = label.get(self.default_language, self.option.name)
        return {
            language: self.expression(text).replace(OPTION_LABEL, label.get(language, spoken))
            for language, text in texts.items()
        }

    def _reference(self, found: re.Match[str]) -> str:
        return f"${{{self.name(found[1])}}}" if found[1] in self.names else found[0]


@dataclass(frozen=True)
class Within:
    """What surrounds a row: the conditions of its groups, and the option of its loop."""

    conditions: tuple[Condition, ...] = ()
    copy: Copy | None = None

    def expression(self, text: str) -> str:
        return self.copy.expression(text) if self.copy else text

    def texts(self, texts: Texts) -> Texts:
        return self.copy.texts(texts) if self.copy else dict(texts)


def joined(conditions: tuple[Condition, ...]) -> str:
    """Return the relevance of an item: all conditions must hold."""
    texts = [condition.text for condition in conditions]
    return texts[0] if len(texts) == 1 else " and ".join(f"({text})" for text in texts)


def names_in(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        yield from names_in(row.rows) if row.rows else (row.name,)


def headed(placed: Iterator[Placed], heading: Texts) -> Iterator[Placed]:
    """Yield the items with a heading on the first that is asked; a nested group adds a line."""
    waiting = bool(heading)
    for one in placed:
        shape = BY_NAME[one.item.type].shape
        if waiting and shape is not None:
            waiting = False
            inner = one.item.heading
            lines = {
                language: "\n".join(filter(None, (text, inner.get(language))))
                for language, text in heading.items()
            }
            item = one.item.model_copy(update={"heading": inner | lines})
            yield replace(one, item=item)
        else:
            yield one
