"""Files and texts that are sent on pages of the desk."""

from tests.bot.web.desk.window import File

SHORT = """\
spec: 1
key: short
waves:
  - {key: M3, role: participant, opens: end + 3 months, open_days: 28}
"""
LONGER = SHORT.replace("3 months", "4 months")


def choices(*labels: str) -> File:
    """A file with choices, the first of which is called `manual`."""
    head = "list_name,name,label::English (en)"
    names = ("manual", "course")
    rows = [f"takeaways,{name},{label}" for name, label in zip(names, labels, strict=False)]
    return ("choices.csv", "\n".join((head, *rows)).encode(), "text/csv")
