"""The terminal as a channel: play a questionnaire by typing, with nothing stored.

Shows each card as plain numbered text, which also proves that cards can be read without buttons.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import typer

from bot.messaging.messages import Card
from bot.staff_chat.rehearsed_interview import sample_facts
from bot.wording.answers_card import answers_given
from bot.wording.cards import Asking, question_card
from surveys.interview.interview import (
    Back,
    Done,
    Interview,
    Keep,
    Move,
    Skip,
    Step,
    Write,
    current,
    question,
    step,
)
from surveys.items.base import Shape
from surveys.questionnaire import Questionnaire
from surveys.wording import Words

COMMANDS = "Type an answer, its number, or: back, skip, done, keep, quit."


def play(
    questionnaire: Questionnaire,
    language: str,
    now: datetime,
    ask: Callable[[str], str] = typer.prompt,
) -> Interview:
    """Ask a questionnaire in the terminal until it is complete or the person quits."""

    def take(interview: Interview, move: Move) -> Step:
        return step(replace(interview, now=interview.now + timedelta(seconds=1)), move)

    facts = sample_facts(language)
    first = Step(Interview(questionnaire, now, language, facts=facts, asks_files=True))
    done = converse(first, take, ask)
    if current(done) is None:
        words = Words(language)
        typer.echo("\n" + words("Thank you. That was the last question. Nothing was saved."))
        typer.echo(answers_of(done))
    return done


def converse(
    first: Step, take: Callable[[Interview, Move], Step], ask: Callable[[str], str] = typer.prompt
) -> Interview:
    """Show question after question and let `take` decide, until all is said or "quit" is typed."""
    typer.echo(COMMANDS)
    done = first
    while (name := current(done.interview)) is not None:
        typer.echo("\n" + text_of(question_card(Asking(0, done.interview), done.remark)))
        typed = ask(">")
        if typed.strip().lower() == "quit":
            break
        done = take(done.interview, move_of(done.interview, name, typed))
    if done.news and current(done.interview) is None:
        typer.echo("\n" + Words(done.interview.language).remark(done.news))
    return done.interview


def move_of(interview: Interview, item: str, typed: str) -> Move:
    """What a typed line means in the terminal."""
    words: dict[str, Move] = {
        "back": Back(item),
        "skip": Skip(item),
        "done": Done(item),
        "keep": Keep(item),
    }
    asked = question(interview)
    if asked is not None and asked.shape is Shape.NOTE:
        words[""] = Done(item)
    return words.get(typed.strip().lower(), Write(typed))


def answers_of(interview: Interview) -> str:
    """Return the answers of an interview, each under its question. In a terminal nothing is tapped."""
    given = answers_given(Asking(0, interview))
    return "\n".join(f"{one.number}. {one.asked}\n   {one.told}" for one in given)


def text_of(card: Card) -> str:
    """A card as plain text: its text, then one button a line in brackets."""
    rows = ["  ".join(f"[{button.text}]" for button in row) for row in card.rows]
    return "\n".join([card.text, *rows])
