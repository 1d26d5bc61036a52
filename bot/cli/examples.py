"""One example of each command, shown at the end of its help. A test parses each."""

from collections.abc import Iterator
from typing import Any

EXAMPLES = {
    "audit": "followup audit --since 2018-06-01",
    "run": "followup run -c /etc/followup/config.yaml",
    "tick": "followup tick --json",
    "check": "followup check --offline",
    "doctor": "followup doctor",
    "backup": "followup backup copy.sqlite3",
    "restore": "followup restore copy.sqlite3",
    "retention": "followup retention --dry-run",
    "export": "followup export IPR-OC-2017 --out bundle.zip",
    "demo": "followup demo --out demo-out",
    "workshop import": "followup workshop import workshops.csv --dry-run",
    "workshop list": "followup workshop list",
    "workshop show": "followup workshop show IPR-OC-2017 --calendar",
    "workshop lists": "followup workshop lists IPR-OC-2017 lists.csv",
    "workshop move": "followup workshop move IPR-OC-2017 --starts 2017-12-04 --ends 2017-12-08",
    "workshop confirm": "followup workshop confirm IPR-OC-2017",
    "workshop cancel": "followup workshop cancel IPR-OC-2017",
    "workshop restore": "followup workshop restore IPR-OC-2017",
    "workshop room": "followup workshop room IPR-OC-2017",
    "participants import": "followup participants import IPR-OC-2017 people.xlsx --dry-run",
    "participants list": "followup participants list IPR-OC-2017",
    "participants codes": "followup participants codes IPR-OC-2017 --out codes.pdf",
    "participants link": "followup participants link IPR-OC-2017 P-7KQ2MZ9D",
    "participant show": "followup participant show P-7KQ2MZ9D",
    "participant erase": "followup participant erase P-7KQ2MZ9D --yes",
    "participant channel": "followup participant channel P-7KQ2MZ9D email",
    "participant email": "followup participant email P-7KQ2MZ9D ada@example.org",
    "participant merge": "followup participant merge P-7KQ2MZ9D P-4HT8XN2C --dry-run",
    "participant unmerge": "followup participant unmerge P-4HT8XN2C --dry-run",
    "participant move": "followup participant move P-7KQ2MZ9D TO --from 2018-03-01",
    "participant relink": "followup participant relink P-7KQ2MZ9D telegram:12345",
    "participant handover": "followup participant handover P-7KQ2MZ9D --name Mele",
    "case enter": "followup case enter IPR-OC-2017 M6 P-7KQ2MZ9D --mode paper --agreed",
    "questionnaire check": "followup questionnaire check form.xlsx --marked marked.xlsx",
    "questionnaire publish": "followup questionnaire publish form.xlsx",
    "questionnaire export": "followup questionnaire export M6 --out M6.xlsx",
    "questionnaire list": "followup questionnaire list",
    "questionnaire show": "followup questionnaire show M6 --lang th",
    "questionnaire play": "followup questionnaire play M6",
    "wave list": "followup wave list IPR-OC-2017",
    "wave preview": "followup wave preview IPR-OC-2017 M6",
    "wave open": "followup wave open IPR-OC-2017 M6",
    "wave close": "followup wave close IPR-OC-2017 M6",
    "wave reopen": "followup wave reopen IPR-OC-2017 M6",
    "wave proceed": "followup wave proceed",
    "wave progress": "followup wave progress IPR-OC-2017 M6",
    "report write": "followup report IPR-OC-2017 --out IPR-OC-2017-CONFIDENTIAL.pdf",
    "report survey": "followup report survey IPR-OC-2017 PRE --by function",
    "report status": "followup report status IPR-OC-2017 presented --for members",
    "report verify": "followup report verify IPR-OC-2017",
    "words list": "followup words list IPR-OC-2017 --state unread",
    "words release": 'followup words release 12 example --text "[name] wrote a rule …"',
    "words withhold": "followup words withhold 12 example",
    "words again": "followup words again 12 example",
    "anchor list": "followup anchor list IPR-OC-2017",
    "anchor verify": "followup anchor verify 12 procedure --by Ana --how document",
    "anchor unverify": "followup anchor unverify 12 procedure --by Ana",
    "programme add": "followup programme add PACIFIC-2018 --operation Kula --trainers IPR-OC-2017",
    "programme list": "followup programme list",
    "programme show": "followup programme show PACIFIC-2018",
    "programme results": "followup programme results PACIFIC-2018 results.csv",
    "staff add": "followup staff add organiser --name Ana",
    "staff code": "followup staff code S-7KQ2MZ9D",
    "staff link": "followup staff link S-7KQ2MZ9D",
    "staff list": "followup staff list",
    "staff remove": "followup staff remove S-7KQ2MZ9D",
    "case list": "followup case list P-7KQ2MZ9D",
    "case move": "followup case move IPR-OC-2017 M6 P-7KQ2MZ9D --to RM-2017 --yes",
    "case set-aside": 'followup case set-aside IPR-OC-2017 M6 P-7KQ2MZ9D --reason "another person"',
    "case put-back": "followup case put-back IPR-OC-2017 M6 P-7KQ2MZ9D",
    "case reopen": "followup case reopen IPR-OC-2017 M6 P-7KQ2MZ9D --days 14",
    "case close": "followup case close IPR-OC-2017 M6 P-7KQ2MZ9D",
    "messages list": "followup messages list",
    "messages settle": "followup messages settle 12",
    "messages unsettle": "followup messages unsettle 12",
    "participants lists": "followup participants lists IPR-OC-2017",
    "participants undo": "followup participants undo IPR-OC-2017 3",
    "participants redo": "followup participants redo IPR-OC-2017 3",
    "participants move": "followup participants move IPR-OC-2017 3 RM-2017",
    "participant stop": "followup participant stop P-7KQ2MZ9D --why telephone --yes",
    "participant start": "followup participant start P-7KQ2MZ9D",
    "participant pause": "followup participant pause P-7KQ2MZ9D --until 2018-09-01",
    "participant remove": "followup participant remove IPR-OC-2017 P-7KQ2MZ9D --why did-not-come",
    "participant restore": "followup participant restore IPR-OC-2017 P-7KQ2MZ9D",
    "participant leave-out": "followup participant leave-out IPR-OC-2017 M6 P-7KQ2MZ9D",
    "participant take-in": "followup participant take-in IPR-OC-2017 M6 P-7KQ2MZ9D",
    "participant hand-back": "followup participant hand-back P-7KQ2MZ9D",
    "plan import": "followup plan import plan.yaml",
    "plan export": "followup plan export regional --out plan.yaml",
    "plan list": "followup plan list",
    "plan remove": "followup plan remove visits",
    "wave add": "followup wave add IPR-OC-2017 --questionnaire RISK --after 3m --role participant",
    "wave drop": "followup wave drop IPR-OC-2017 RISK",
    "workshop rename": "followup workshop rename IPR-OC-2017 IPR-PACIFIC-2017",
    "participant email-back": "followup participant email-back P-7KQ2MZ9D",
    "participant find": "followup participant find mele",
    "participant language": "followup participant language P-7KQ2MZ9D fr",
    "participant supervisor": "followup participant supervisor IPR-OC-2017 P-7KQ2MZ9D --name Sione",
    "questionnaire paper": "followup questionnaire paper M6 --lang fr --out m6.pdf",
    "wave back": "followup wave back IPR-OC-2017 M6 --tell --yes",
    "wave days": 'followup wave days IPR-OC-2017 M12 --opens "11 June"',
    "wave hold": 'followup wave hold IPR-OC-2017 M6 --reason "Elections"',
    "wave release": "followup wave release IPR-OC-2017 M6",
    "wave skip": "followup wave skip IPR-OC-2017 M3",
    "workshop hold": "followup workshop hold IPR-OC-2017",
    "workshop imports": "followup workshop imports",
    "workshop redo": "followup workshop redo 1",
    "workshop release": "followup workshop release IPR-OC-2017",
    "workshop unconfirm": "followup workshop unconfirm IPR-OC-2017",
    "workshop undo": "followup workshop undo 1",
}


def commands_in(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Yield a command, or the commands of a group, each with all words of its name."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for word, inner in command.commands.items():
        yield from commands_in(f"{name} {word}", inner)


def complete_help(name: str, command: Any) -> None:
    """Add its example to the help of a command, or of each command of a group.

    In the list of a group each says its whole first sentence.
    """
    for path, one in commands_in(name, command):
        one.short_help = " ".join((one.help or "").partition("\n\n")[0].split())
        before = f"{one.epilog}\n\n" if one.epilog else ""
        one.epilog = f"{before}Example: {EXAMPLES[path]}" if path in EXAMPLES else one.epilog
