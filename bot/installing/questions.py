"""What `followup init` asks, by topic. The same names are its options and the keys of an answers file.

Reads no library: the help of the command is made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, str]
"""Answers by the name of their question; one that is missing or empty is not answered."""


@dataclass(frozen=True)
class Question:
    """One question: its name, how it is asked, and the answer that Enter gives.

    A `secret` is not shown while it is typed. As an option or in an answers file it is the name of a
    file, `NAME_file`, because others can read command lines and scripts. One that is not `asked` is
    only an option. `after` names the answer without which it is not asked.
    """

    name: str
    asks: str
    default: str = ""
    needed: bool = False
    secret: bool = False
    asked: bool = True
    after: str = ""

    @property
    def key(self) -> str:
        """Return the name as an option and in an answers file."""
        return f"{self.name}_file" if self.secret else self.name


OFFICE = (
    Question("name", "Name of the office, as participants read it", needed=True),
    Question("contact", "Whom participants can ask, with an address", needed=True),
    Question("time_zone", "Time zone of the office", "Asia/Bangkok"),
)
MESSENGER = (
    Question("token", "Token of the bot, from @BotFather", secret=True),
    Question("telegram_server", "Another server with the Bot API", asked=False),
)
PAGE = (
    Question("page", "Address of the web page, such as https://followup.example.org"),
    Question("port", "Port of the page and the desk; the next one is the monitor's", "8080"),
)
MAIL = (
    Question("mail_host", "Mail server", after="page"),
    Question(
        "mail_tls", "Its encryption: starttls, implicit or none", "starttls", after="mail_host"
    ),
    Question("mail_port", "Its port, if it is not the usual one", after="mail_host"),
    Question("mail_from", "Who writes the letters: an address", after="mail_host"),
    Question("mail_user", "The user at the mail server", after="mail_host"),
    Question("mail_password", "The password of this user", secret=True, after="mail_user"),
)
ACCOUNTS = (
    Question(
        "accounts_issuer", "Address of the accounts of the staff (OpenID Connect)", asked=False
    ),
    Question("accounts_client", "What the desk is called there", asked=False),
    Question("accounts_secret", "The secret of the desk there", secret=True, asked=False),
)
DATABASE = (
    Question(
        "database",
        "Database: SQLite, or postgresql+psycopg://user@host/followup",
        "sqlite:///followup.sqlite3",
    ),
)
TOPICS = {
    "office": OFFICE,
    "telegram": MESSENGER,
    "page": PAGE,
    "email": MAIL,
    "accounts": ACCOUNTS,
    "database": DATABASE,
}
"""The questions of each topic, in their order. A topic is tried when its questions are answered."""
QUESTIONS = tuple(question for questions in TOPICS.values() for question in questions)


def until(topic: str, answers: Answers) -> dict[str, str]:
    """Return the answers to this topic and to those before it, and what was found with them."""
    topics = list(TOPICS)
    later = {one.name for name in topics[topics.index(topic) + 1 :] for one in TOPICS[name]}
    return {name: answer for name, answer in answers.items() if name not in later}


def applies(question: Question, answers: Answers) -> bool:
    """Return whether a question has a meaning after the answers so far."""
    return not question.after or bool(answers.get(question.after))
