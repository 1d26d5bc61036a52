"""The questions in django-survey-and-report on SQLite: FOLDER QUESTIONS, then orders on standard input.

"store 250" stores so many responses through its form, "export" writes its CSV file; each is answered
with the seconds it took and the lines or responses there are. Runs in an environment of its own.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify

FOLDER, QUESTIONS = Path(sys.argv[1]), Path(sys.argv[2])
KINDS = {"one": "radio", "many": "select-multiple", "text": "text"}


def main() -> None:
    """Sets up the project and carries out orders."""
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "survey"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "django.sqlite3"}
        },
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        CHOICES_SEPARATOR="|",
        USER_DID_NOT_ANSWER="Left blank",
        EXCEL_COMPATIBLE_CSV=False,
        DEFAULT_SURVEY_PUBLISHING_DURATION=7,
        CSV_DIRECTORY=FOLDER,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    survey, data = made()
    print("ready", flush=True)
    for line in sys.stdin:
        order, _, many = line.partition(" ")
        begun = time.perf_counter()
        found = store(survey, data, int(many)) if order == "store" else export(survey)
        print(time.perf_counter() - begun, found(), flush=True)


def made() -> tuple[Any, Any]:
    """The survey, and what one person sends."""
    from survey.models import Question, Survey

    survey = Survey.objects.create(name="M6", description="M6", need_logged_user=False)
    data = MultiValueDict()
    for place, one in enumerate(json.loads(QUESTIONS.read_text("utf-8"))):
        question = Question.objects.create(
            survey=survey,
            order=place,
            text=one["text"],
            type=KINDS[one["kind"]],
            required=True,
            choices="|".join(one["choices"]),
        )
        given = one["given"] if one["kind"] == "text" else slugify(one["given"])
        data.setlist(f"question_{question.pk}", [given])
    return survey, data


def store(survey: Any, data: Any, many: int) -> Callable[[], int]:
    """So many responses, each as its page stores it."""
    from django.contrib.auth.models import AnonymousUser
    from survey.forms import ResponseForm

    for _ in range(many):
        form = ResponseForm(data, survey=survey, user=AnonymousUser())
        if not form.is_valid():
            raise ValueError(form.errors)
        form.save()
    counted: Callable[[], int] = survey.responses.count
    return counted


def export(survey: Any) -> Callable[[], int]:
    """The CSV file, as its command writes it."""
    from survey.exporter.csv import Survey2Csv

    made = Survey2Csv(survey)
    made.generate_file()
    return lambda: len(made.filename.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
