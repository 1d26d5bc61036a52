"""The headings of the template of a list of people, in the languages of the offices."""

from collections.abc import Mapping

EXAMPLE = "✎ "
"""Begins the name or title in the row of example, which is not read."""

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "Full name",
        "administration": "Administration",
        "email": "E-mail",
        "language": "Language",
        "role": "Role",
        "supervisor": "Supervisor",
        "supervisor_email": "Supervisor e-mail",
    },
    "fr": {
        "name": "Nom complet",
        "administration": "Pays",
        "email": "Courriel",
        "language": "Langue",
        "role": "Rôle",
        "supervisor": "Supérieur hiérarchique",
        "supervisor_email": "Courriel du supérieur hiérarchique",
    },
    "th": {
        "name": "ชื่อ-นามสกุล",
        "administration": "ประเทศ",
        "email": "อีเมล",
        "language": "ภาษา",
        "role": "บทบาท",
        "supervisor": "หัวหน้างาน",
        "supervisor_email": "อีเมลหัวหน้างาน",
    },
    "km": {
        "name": "ឈ្មោះ",
        "administration": "ប្រទេស",
        "email": "អ៊ីមែល",
        "language": "ភាសា",
        "role": "តួនាទី",
        "supervisor": "ប្រធានផ្ទាល់",
        "supervisor_email": "អ៊ីមែលប្រធានផ្ទាល់",
    },
    "vi": {
        "name": "Họ và tên",
        "administration": "Quốc gia",
        "email": "Thư điện tử",
        "language": "Ngôn ngữ",
        "role": "Vai trò",
        "supervisor": "Người quản lý",
        "supervisor_email": "Thư điện tử của người quản lý",
    },
    "zh": {
        "name": "姓名",
        "administration": "国家/地区",
        "email": "电子邮件",
        "language": "语言",
        "role": "角色",
        "supervisor": "主管",
        "supervisor_email": "主管电子邮件",
    },
    "fa": {
        "name": "نام و نام خانوادگی",
        "administration": "کشور",
        "email": "رایانامه",
        "language": "زبان",
        "role": "نقش",
        "supervisor": "سرپرست",
        "supervisor_email": "رایانامه سرپرست",
    },
}
