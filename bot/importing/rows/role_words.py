"""The role that a cell names, in the languages of the offices."""

import re
from functools import cache

from bot.importing.tables.headings import plain
from surveys.people import Role

BRACKETS = re.compile(r"\([^()]*\)")
"""As in "participant(e)"."""
OTHER = "other"
"""A role in which nobody is asked, such as a facilitator."""
WORDS = {
    Role.PARTICIPANT: """
        participant, participants, attendee, trainee, delegate, learner, participante, stagiaire,
        شرکت کننده, شرکت‌کننده, អ្នកចូលរួម, សិក្ខាកាម, ผู้เข้าร่วม, ผู้เข้าอบรม, ผู้เข้ารับการอบรม,
        người tham gia, người tham dự, học viên, đại biểu, 参加者, 参与者, 学员, 与会者
        """,
    Role.SUPERVISOR: """
        supervisor, line manager, manager, superior, superviseur, supérieur, supérieur hiérarchique,
        responsable hiérarchique, سرپرست, مدیر مستقیم, مافوق, អ្នកគ្រប់គ្រង, ប្រធាន, ថ្នាក់លើ,
        หัวหน้า, หัวหน้างาน, ผู้บังคับบัญชา, cấp trên, người quản lý, quản lý trực tiếp, 上级, 主管, 上司
        """,
    Role.CONTACT_POINT: """
        contact point, national contact point, ncp, focal point, national focal point,
        point de contact, point de contact national, point focal, رابط, نقطه تماس,
        ជនបង្គោល, ចំណុចទំនាក់ទំនង, ผู้ประสานงาน, ผู้ประสานงานระดับชาติ, đầu mối, đầu mối liên hệ,
        đầu mối quốc gia, 联络点, 国家联络点, 联络人, 联系人
        """,
    OTHER: """
        facilitator, facilitators, trainer, trainers, resource person, resource persons, speaker,
        lecturer, instructor, expert, moderator, observer, organiser, organizer, interpreter, staff,
        facilitateur, facilitatrice, formateur, formatrice, intervenant, intervenante, animateur,
        personne ressource, observateur, تسهیلگر, مدرس, مربی, سخنران, អ្នកសម្របសម្រួល,
        គ្រូបង្គោល, វាគ្មិន, វាគ្មិនកិត្តិយស, วิทยากร, ผู้อำนวยความสะดวก, ผู้สอน, ผู้สังเกตการณ์,
        giảng viên, điều phối viên, báo cáo viên, chuyên gia, 讲师, 培训师, 协调员, 主持人, 专家, 观察员
        """,
}
"""Words for each role, separated by commas."""


@cache
def _roles() -> dict[str, str]:
    return {plain(one): role for role, text in WORDS.items() for one in text.split(",")}


def role_of(text: str) -> str | None:
    """Return the role that a text names, `OTHER` for one in which nobody is asked; else None."""
    if not text:
        return Role.PARTICIPANT
    return _roles().get(plain(text)) or _roles().get(plain(BRACKETS.sub("", text)))
