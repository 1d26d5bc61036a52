"""What a list corrects of a person who is stored already. Pure."""

from dataclasses import dataclass

from bot.importing.people.listed import ListedPerson
from surveys.elearning import Elearning
from surveys.people import Enrolment, Participant


@dataclass(frozen=True)
class Corrections:
    """The corrections of a person and an enrolment; None, '' and False where nothing changes."""

    details: tuple[str, str, str | None] | None = None
    """Name, language and time zone."""
    email: str = ""
    place: tuple[str, int | None] | None = None
    """The administration, and the enrolment that a supervisor answers about."""
    refused: bool = False
    elearning: Elearning | None = None

    def __bool__(self) -> bool:
        return self != Corrections()


def of_person(
    listed: ListedPerson, person: Participant, emails: set[str]
) -> tuple[tuple[str, str, str | None] | None, str]:
    """Return the details of a person as the list has them and a new address; None and '' if none."""
    # A language chosen in the chat stays if the list names none.
    language = listed.row.get("language") or person.language
    right = (listed.name, language, listed.timezone)
    is_right = (person.name, person.language, person.timezone) == right
    new_email = listed.email if listed.email not in emails else ""
    return None if is_right else right, new_email


def corrections(
    listed: ListedPerson,
    stored: tuple[Participant, Enrolment],
    emails: set[str],
    about: int | None,
) -> Corrections:
    """Return what a list corrects of an enrolled person."""
    person, enrolment = stored
    details, email = of_person(listed, person, emails)
    place = (listed.administration, about)
    is_placed = (enrolment.administration_code, enrolment.about_enrolment_id) == place
    refused = listed.refused and enrolment.active and enrolment.consented_at is None
    learning = listed.elearning if listed.elearning != enrolment.elearning else None
    return Corrections(details, email, None if is_placed else place, refused, learning)
