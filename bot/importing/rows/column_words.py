"""Column headings by field, in the languages of the offices, the most specific first.

In the form of `bot.importing.tables.headings.plain`: lower case, no punctuation, no accents.
"""

from bot.importing.rows.template_words import HEADINGS
from bot.importing.tables.headings import plain


def _with_templates(words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the headings with those of the templates."""
    written = {
        name: [plain(headings[name]) for headings in HEADINGS.values() if name in headings]
        for name in words
    }
    return {name: tuple(dict.fromkeys((*own, *written[name]))) for name, own in words.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in text.split(","))


PEOPLE = _with_templates(
    {
        "name": _words(
            """
        name, full name, name in full, participant name, name of participant,
        name of the participant, participant, participants, officer,
        name of officer, names, delegate, delegates, delegate name, name of delegate, nominee,
        name of nominee, trainee, name of trainee, participant s name, participants name,
        name and surname, name surname, name and title, name title, name and position,
        name position, name and designation, name designation, name and country, name country,
        name and rank, rank and name, title and name, title name, name and e mail,
        姓名, 名字, ชื่อ นามสกุล, ชื่อ สกุล, ชื่อและนามสกุล, ชื่อ,
        ឈ្មោះ, 氏名, 성명, 이름, ho va ten, ho ten, nom complet, nom et prenom,
        nombre, nombre completo, apellidos y nombres, фио, имя и фамилия, имя, ф и о, nama,
        nama lengkap, нэр, نام, nom
        """
        ),
        "given": _words(
            """
        given name, given names, first name, first names, forename, given,
        prenom, prenoms, 名, tên, نام کوچک, នាមខ្លួន, nama depan, nombres
        """
        ),
        "family": _words(
            """
        family name, surname, last name, family, nom de famille, นามสกุล, 姓, họ, نام خانوادگی,
        នាមត្រកូល, គោត្តនាម, 성, фамилия, apellido, apellidos, nama keluarga, nama belakang
        """
        ),
        "administration": _words(
            """
        administration, customs administration, member administration,
        country administration, administration country, country, member,
        economy, country region, pays, 国家, 国家 地区, 国家地区, 国, ประเทศ, ប្រទេស, 국가,
        quoc gia, negara, nationality, member country, nation, delegation, страна, pais,
        country organisation,
        country organization
        """
        ),
        "email": _words(
            """
        email, e mail, email address, e mail address, mail, courriel,
        adresse e mail, adresse email, อีเมล, อีเมล์, 电子邮件, 电子邮箱, 邮箱, メール,
        メールアドレス, 이메일, អ៊ីមែល, thu dien tu, e mail phone, email phone, e mail and phone,
        email and phone, e mail telephone, email telephone, e mail mobile, email mobile,
        phone e mail, phone email, correo, correo electronico, электронная почта, эл почта,
        почта, contact details, contact
        """
        ),
        "phone": _words(
            """
        mobile, mobile phone, mobile number, phone, phone number, telephone,
        telephone number, tel, whatsapp, 电话, 手机, โทรศัพท์, เบอร์โทรศัพท์
        """
        ),
        "language": _words(
            """
        language, langue, 语言, ภาษา
        """
        ),
        "timezone": _words(
            """
        timezone, time zone
        """
        ),
        "role": _words(
            """
        role
        """
        ),
        "about": _words(
            """
        about
        """
        ),
        "supervisor": _words(
            """
        supervisor, name of supervisor, supervisor name, supervisor s name, supervisor full name,
        line manager, line manager name, line manager s name
        """
        ),
        "supervisor_email": _words(
            """
        supervisor email, supervisor e mail, email of supervisor, e mail of supervisor,
        supervisor s email, supervisor s e mail, line manager email, line manager e mail
        """
        ),
        "workshop": _words(
            """
        workshop code, workshop, workshop title, name of workshop, event, course, training
        """
        ),
        "honorific": _words(
            """
        salutation, honorific, prefix, mr ms, mr mrs ms, mr mrs, ms mr, title, คำนำหน้า, คำนำหน้าชื่อ,
        称谓, civilite
        """
        ),
        "consent": _words(
            """
        consent, consents, agrees, 同意
        """
        ),
        "no_contact": _words(
            """
        do not contact, no contact, do not write, do not ask
        """
        ),
        "elearning": _words(
            """
        e learning, elearning, e learning status, elearning status, online course,
        pre course e learning, pre course, clikc, formation en ligne, 在线学习
        """
        ),
    }
)
"""Lists of people."""
CALENDAR = {
    "code": _words(
        """
        code, workshop code
        """
    ),
    "title": _words(
        """
        title, event, events, workshop, workshop title, title of workshop,
        name of workshop, name of event, activity, activities, course, summary,
        titre, 名称, 活动, 活动名称, ชื่อกิจกรรม
        """
    ),
    "kind": _words(
        """
        kind, type
        """
    ),
    "starts_on": _words(
        """
        starts on, start, start date, from, first day, begin, begins,
        date from, debut, 开始, 开始日期, วันเริ่ม
        """
    ),
    "ends_on": _words(
        """
        ends on, end, end date, to, last day, until, date to, fin, 结束, 结束日期,
        วันสิ้นสุด
        """
    ),
    "dates": _words(
        """
        dates, date, period, when, 日期, วันที่
        """
    ),
    "city": _words(
        """
        city, town
        """
    ),
    "country": _words(
        """
        country, host country
        """
    ),
    "place": _words(
        """
        place, venue, location, host, host venue, venue host, host and venue, city country,
        place of event, lieu, 地点, สถานที่
        """
    ),
    "timezone": _words(
        """
        time zone, timezone, tz
        """
    ),
    "donors": _words(
        """
        donors, donor, funding, funded by
        """
    ),
    "plan": _words(
        """
        plan
        """
    ),
    "confirmed": _words(
        """
        confirmed, status
        """
    ),
    "called_off": _words(
        """
        cancelled, canceled, called off, annule
        """
    ),
    "open": _words(
        """
        tbc, tbd, to be confirmed, provisional, tentative
        """
    ),
    "note": _words(
        """
        note, notes, remarks
        """
    ),
}
"""Calendars of workshops."""
