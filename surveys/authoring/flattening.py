"""Flatten a draft into a list of items: dissolve groups, copy loops, add "other" texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from surveys.authoring.drafts import GROUP, LOOP, Condition, Draft, OptionRow, Placed, Row
from surveys.authoring.nesting import Copy, Within, headed, joined, names_in
from surveys.authoring.parameters import checked_parameters
from surveys.expressions import ExpressionError, compile_expression
from surveys.items import BY_NAME
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import Item, Texts
from surveys.wording import N_, Words

OTHER = "other"
OTHER_LABEL = N_("Other, please say")
OTHER_TEXT = N_("Please say it in a few words, without details of cases or persons.")
AT_MOST = N_("Please choose no more than {most}.")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LONGEST_NAME = 64
MOST_ITEMS = 1_000
MOST_COPIES = 100  # the last copy of a loop names the choices of all


@dataclass(frozen=True)
class Kind:
    """The content of the type column, such as `select_one job or_other`."""

    name: str
    list_name: str | None = None
    or_other: bool = False


@dataclass
class Expansion:
    """Flattens the rows of a draft. `lists` are those of the draft and those with an added "other"."""

    draft: Draft
    problem_list: ProblemList
    lists: dict[str, tuple[OptionRow, ...]] = field(default_factory=dict)
    count: int = 0
    full: bool = False

    def items(self) -> tuple[Placed, ...]:
        """Return all items in order; mistakes are reported in the problem list."""
        self.lists.update(self.draft.lists)
        return tuple(self._rows(self.draft.rows, Within()))

    def _rows(self, rows: tuple[Row, ...], within: Within) -> Iterator[Placed]:
        for row in rows:
            if self.full:
                return
            if row.type == GROUP:
                yield from self._group(row, within)
            elif row.type == LOOP:
                yield from self._loop(row, within)
            else:
                yield from self._item(row, within)

    def _group(self, row: Row, within: Within) -> Iterator[Placed]:
        if not row.rows:
            fix = "Put items into it, or remove it."
            self.problem_list.error(row.place, "This group has no items.", fix=fix)
        inside = replace(within, conditions=self._conditions(row, within))
        yield from headed(self._rows(row.rows, inside), within.texts(row.texts.get("label", {})))

    def _loop(self, row: Row, within: Within) -> Iterator[Placed]:
        options = self._looped_options(row)
        if within.copy:
            self.problem_list.error(row.place, "A loop cannot stand inside a loop.")
            return
        if not row.rows:
            self.problem_list.error(row.place, "This loop has no items.")
        names = frozenset(names_in(row.rows))
        conditions = self._conditions(row, within)
        if len(options) > MOST_COPIES:
            message = f"This loop has {len(options):,} choices, more than {MOST_COPIES}."
            self.problem_list.error(row.at("over"), message, fix="Use a shorter list.")
            return
        for number, option in enumerate(options):
            copy = Copy(option, names, self.draft.default_language)
            ticked = self._ticked(row, options, number)
            inside = Within(conditions + ticked, copy)
            label = copy.texts(row.texts.get("label", {}))
            yield from headed(self._rows(row.rows, inside), label)

    def _looped_options(self, row: Row) -> list[OptionRow]:
        """Return the options a loop asks about, without "none" and "do not know"."""
        over = row.cells.get("over", "")
        if not over:
            self.problem_list.error(row.place, "A loop needs a list: over: name_of_a_list.")
        elif over not in self.lists:
            fix = did_you_mean(over, self.lists)
            self.problem_list.error(row.at("over"), "is not a list of choices.", over, fix)
        options = self.lists.get(over, ())
        return [option for option in options if not (option.exclusive or option.non_answer)]

    def _ticked(self, row: Row, options: list[OptionRow], number: int) -> tuple[Condition, ...]:
        """Return the condition that an option is ticked with fewer than `max` ticked before it."""
        ticked = self._expression(row, "ticked")
        if not ticked:
            return ()
        chosen = [f"selected(({ticked}), '{option.name}')" for option in options[: number + 1]]
        conditions = [Condition(chosen.pop(), row.at("ticked"))]
        most = self._expression(row, "max")
        if chosen and most and not (most.isdecimal() and number < int(most)):
            conditions.append(Condition(f"{' + '.join(chosen)} < ({most})", row.at("max")))
        return tuple(conditions)

    def _item(self, row: Row, within: Within) -> Iterator[Placed]:
        kind = self._kind(row)
        if not row.name:
            self.problem_list.error(
                row.place, "This row has no name.", fix="Add one, such as job."
            )
            return
        self.count += 1
        if self.count > MOST_ITEMS:
            self._tell_full(row)
            return
        name = self._name(row, within, kind)
        conditions = self._conditions(row, within)
        parameters = checked_parameters(row, kind.name, self.problem_list)
        item = Item(
            name=name,
            type=kind.name,
            list_name=kind.list_name,
            label=within.texts(row.texts.get("label", {})),
            hint=within.texts(row.texts.get("hint", {})),
            relevant=joined(conditions),
            constraint=within.expression(self._expression(row, "constraint")),
            constraint_message=within.texts(row.texts.get("constraint_message", {})),
            calculation=within.expression(self._expression(row, "calculation")),
            choice_filter=self._filter(row, within, kind),
            required=row.required,
            parameters=parameters,
            loop=within.copy.option.name if within.copy else row.cells.get("loop"),
        )
        if kind.name == "select_multiple" and "max" in parameters:
            item = self._with_most(item)
        yield Placed(item, row, conditions)
        if kind.or_other:
            yield self._other(item, row, conditions)

    def _tell_full(self, row: Row) -> None:
        self.full = True
        message = f"There are more than {MOST_ITEMS:,} items, with the copies of loops."
        self.problem_list.error(row.place, message, fix="Ask less.")

    def _kind(self, row: Row) -> Kind:
        """Return the type of a row; an unknown one is reported and read as text."""
        name, list_name, *rest = [*row.type.split(), "", ""]
        if name not in BY_NAME:
            fix = did_you_mean(name, [*BY_NAME, GROUP, LOOP])
            message = "is not a type of item." if name else "This row has no type."
            self.problem_list.error(row.at("type"), message, name, fix)
            return Kind("text")
        words = [word for word in rest if word]
        with_list = name.startswith("select_")
        if bool(list_name) != with_list or words not in ([], ["or_other"]):
            form = f"{name} name_of_a_list" if with_list else name
            self.problem_list.error(
                row.at("type"), "has not the right form.", row.type, f"Write {form}."
            )
            return Kind(name)
        return self._listed(row, Kind(name, list_name or None, bool(words)))

    def _listed(self, row: Row, kind: Kind) -> Kind:
        """Return the kind with its list, to which "other" is added if the row asks for it."""
        if kind.list_name is None:
            return kind
        options = self.lists.get(kind.list_name)
        if options is None:
            fix = did_you_mean(kind.list_name, self.lists) or "Add the list to the choices."
            self.problem_list.error(
                row.at("type"), "is not a list of choices.", kind.list_name, fix
            )
            return Kind(kind.name)
        if kind.or_other and OTHER not in {option.name for option in options}:
            longer = f"{kind.list_name}_or_other"
            self.lists[longer] = self._with_other(row, options)
            return replace(kind, list_name=longer)
        return kind

    def _with_other(self, row: Row, options: tuple[OptionRow, ...]) -> tuple[OptionRow, ...]:
        """Return the options with "other" before the exclusive ones, which stay last."""
        last = [option for option in options if option.exclusive]
        other = OptionRow(row.at("type"), OTHER, self._said(OTHER_LABEL))
        return (*(option for option in options if not option.exclusive), other, *last)

    def _other(self, item: Item, row: Row, conditions: tuple[Condition, ...]) -> Placed:
        chosen = Condition(f"selected(${{{item.name}}}, '{OTHER}')", row.at("type"))
        asked = Item(
            name=f"{item.name}_{OTHER}",
            type="text",
            label=self._said(OTHER_TEXT),
            relevant=joined((*conditions, chosen)),
            loop=item.loop,
        )
        return Placed(asked, row, (*conditions, chosen))

    def _with_most(self, item: Item) -> Item:
        most = item.parameters["max"]
        rule = f"count-selected(.) <= {most}"
        constraint = f"({item.constraint}) and {rule}" if item.constraint else rule
        if item.constraint == rule or item.constraint.endswith(f") and {rule}"):
            constraint = item.constraint
        message = item.constraint_message or self._said(AT_MOST, most=most)
        return item.model_copy(update={"constraint": constraint, "constraint_message": message})

    def _said(self, text: str, **values: str) -> Texts:
        """Return one of the project's own texts in every language of the questionnaire."""
        return {language: Words(language)(text, **values) for language in self.draft.languages}

    def _name(self, row: Row, within: Within, kind: Kind) -> str:
        name = within.copy.name(row.name) if within.copy else row.name
        longest = LONGEST_NAME - (len(f"_{OTHER}") if kind.or_other else 0)
        if len(name) > longest:
            fix = f"Write at most {longest - len(name) + len(row.name)} characters."
            self.problem_list.error(row.at("name"), "is too long a name.", row.name, fix)
        elif not NAME.fullmatch(name):
            fix = "Use letters, digits and _ only, and begin with a letter."
            self.problem_list.error(row.at("name"), "cannot be a name.", row.name, fix)
        return re.sub(r"[^A-Za-z0-9_.-]|^(?![A-Za-z_])", "_", name)[:longest]

    def _conditions(self, row: Row, within: Within) -> tuple[Condition, ...]:
        own = within.expression(self._expression(row, "relevant"))
        return (*within.conditions, *([Condition(own, row.at("relevant"))] if own else []))

    def _filter(self, row: Row, within: Within, kind: Kind) -> str:
        """Return the choice filter; an added "other" has no columns and always stays open."""
        own = within.expression(self._expression(row, "choice_filter"))
        return f"({own}) or name = '{OTHER}'" if own and kind.or_other else own

    def _expression(self, row: Row, column: str) -> str:
        """Return an expression of a row; '' after reporting one that cannot be read."""
        text = row.cells.get(column, "").strip()
        columns = self._columns(row) if column == "choice_filter" else frozenset()
        try:
            return compile_expression(text, columns=columns).text if text else ""
        except ExpressionError as error:
            message = f"cannot be read at character {error.position}: {error.message}"
            self.problem_list.error(row.at(column), message, text)
            return ""

    def _columns(self, row: Row) -> frozenset[str]:
        options = self.lists.get("".join(row.type.split()[1:2]), ())
        return frozenset({"name"}.union(*(option.extra for option in options)))
