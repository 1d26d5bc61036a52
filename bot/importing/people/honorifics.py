"""Titles before names, such as Mr. and Dr., in the languages of the offices. Pure.

Short words that are names too count only with their full stop: Eng is a family name in Cambodia.
"""

import re

SURE = (
    "mr mrs ms miss mx dr prof professor sir mme mlle monsieur madame mademoiselle sr sra engr "
    "hon'ble honourable honorable reverend dato datuk datin puan encik bapak ibu ông bà"
).split()
WITH_STOP = "hon rev eng col capt cpt maj lt gen sgt insp supt ir adv atty".split()
THAI = ("นางสาว", "นาย", "นาง", "ดร.", "น.ส.", "ว่าที่ร้อยตรี", "พ.ต.อ.", "ร.ต.")
"""Thai titles stand before the name without a space."""
KHMER = ("លោកស្រី", "លោក", "កញ្ញា")
OTHERS = "|".join(map(re.escape, (*THAI, *KHMER)))
LATIN = "|".join(
    [*(rf"{one}\b\.?" for one in SURE), *(rf"{one}\." for one in WITH_STOP), r"h\.\s?e\."]
)
TITLE = re.compile(rf"(?:(?:{LATIN})(?=\s|$|[^\s\d])|(?:{OTHERS}))\s*", re.IGNORECASE)
AFTER = re.compile(r"\s*(先生|女士|小姐|博士|教授)$")


def without_honorific(name: str) -> tuple[str, str]:
    """Return the titles of a name, and the name without them."""
    titles, rest = [], name.strip()
    while (found := TITLE.match(rest)) and rest[found.end() :].strip(" .,&/"):
        titles.append(found[0].strip())
        rest = rest[found.end() :].lstrip(" .,")
    after = AFTER.search(rest)
    if after and after.start():
        titles.append(after[1])
        rest = rest[: after.start()]
    return " ".join(titles), rest


def is_honorific(text: str) -> bool:
    """Return whether a text is a title and nothing else."""
    _, rest = without_honorific(f"{text} X")
    return rest == "X"
