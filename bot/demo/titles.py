"""How invented people name what is in force: with its number, by its title, or not at all.

Some write more than they should: a name, or an e-mail address.
"""

from random import Random

NUMBERED = {
    "procedure": "SOP {number}/2018, Risk Management Unit",
    "training": "Module {number} of the basic course, 2018",
    "unit": "Order {number}/2018 on the Targeting Unit",
    "budget": "Budget line {number}-04, year 2018",
    "system": "Change request {number}/2018, declaration system",
    "law": "Customs Act, section {number}",
}
TITLES = {
    "procedure": ("Manual on the selection of parcels", "Checklist for container inspections"),
    "training": ("Course on risk profiles", "E-learning course on valuation"),
    "unit": ("Targeting Unit at headquarters", "Job description of the auditor"),
    "budget": ("Two scanners for the laboratory", "Training budget of the division"),
    "system": ("Risk module of the declaration system", "Electronic form for right holders"),
    "law": ("Amendment of the Customs Act", "Regulation on border measures"),
}
NOT_KNOWN = "I do not know"
FORMS = {
    "{numbered}": 45,
    "{title}": 29,
    NOT_KNOWN: 11,
    "{title}, drafted by {name}": 8,
    "{numbered}. Please ask {email}": 7,
}
"""How often each is written, of a hundred."""


def title(kind: str, name: str, email: str, own: Random) -> str:
    """Return what a person writes as the title of an anchor; `kind` is its code."""
    form = own.choices(list(FORMS), list(FORMS.values()))[0]
    numbered = NUMBERED[kind].format(number=own.randrange(2, 60))
    titled = own.choice(TITLES[kind])
    return form.format(numbered=numbered, title=titled, name=name, email=email)
