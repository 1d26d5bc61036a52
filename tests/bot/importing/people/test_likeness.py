"""Who may be the person of a name that is written otherwise, with the reason. Pure."""

import pytest

from bot.importing.people.likeness import (
    INITIAL,
    MORE,
    ORDER,
    SCRIPT,
    SIGNS,
    SPELT,
    Likely,
)

LIKE = {
    ORDER: [
        ("Mele Fonua", "FONUA, Mele"),
        ("Fonua Mele", "Mele Fonuá"),
        ("O'Brien Ann", "Ann OBrien"),
        ("Nguyễn Văn Anh", "Van Anh Nguyen"),
    ],
    SIGNS: [
        ("Mr. Mele Fonua", "Mele Fonua"),
        ("Md. Karim Zazai", "Mohammad Karim Zazai"),
        ("Jean-Paul Dupont", "Jeanpaul DUPONT"),
        ("Wang Weiming", "Wei Ming Wang"),
        ("Abdul Rahman Saleh", "Abdulrahman Saleh"),
        ("Đặng Thị Hương", "Dang Thi Huong"),
    ],
    SPELT: [
        ("Mohammed Hussein", "Muhammad Hussain"),
        ("Siriporn Thong", "Siriphon Thong"),
        ("Sergei Ivanov", "Sergey Ivanov"),
        ("Suharto", "Soeharto"),
        ("Mele Fonua", "Mele Fonuaa"),
    ],
    MORE: [("Mele Fonua", "Mele Lavinia Fonua"), ("Mele Fonua-Tupou", "Mele Fonua")],
    INITIAL: [("M. Fonua", "Mele Fonua"), ("S.K. Perera", "Sunil Kumar Perera")],
    SCRIPT: [
        ("王伟", "Wang Wei"),
        ("李小明", "Xiaoming Li"),
        ("สมชาย ใจดี", "Somchai Jaidee"),
        ("กิตติศักดิ์ ชัยวัฒน์", "Kittisak Chaiwat"),
        ("ณัฐวุฒิ สุขเกษม", "Mr. Nattawut Sukkasem"),
        ("ประเสริฐ วงศ์ทอง", "Prasert Wongthong"),
        ("محمد الأحمد", "Mohammed Al-Ahmad"),
        ("عبد الرحمن حسين", "Abdulrahman Hussein"),
        ("فاطمه رضایی", "Fatemeh Rezaei"),
        ("Иванов Сергей", "Sergei Ivanov"),
        ("Бат-Эрдэнэ Дорж", "Bat-Erdene Dorj"),
        ("김민준", "Kim Min-jun"),
        ("이영희", "Lee Young-hee"),
        ("सीता शर्मा", "Sita Sharma"),
        ("ចាន់ សុភា", "Chan Sophea"),
        ("ສົມພອນ ວົງສາ", "Somphone Vongsa"),
        ("রহিম উদ্দিন", "Rahim Uddin"),
        ("නිමල් පෙරේරා", "Nimal Perera"),
    ],
}
OTHERS = [
    ("Wang Wei", "Wang Lei"),
    ("王伟", "Wang Lei"),
    ("Tran Van Hung", "Tran Van Dung"),
    ("Mele Fonua", "Mele Tupou"),
    ("Officer 12", "Officer 21"),
    ("Officer 12", "Officer 13"),
    ("Ali Hassan", "Ali Hussain"),
    ("สมชาย ใจดี", "Somsak Jaidee"),
    ("Kim Min-jun", "Kim Min-ji"),
    ("Karma", "Karma Dorji"),
    ("", "Mele Fonua"),
]


@pytest.mark.parametrize(
    ("one", "two", "how"), [(*pair, how) for how, pairs in LIKE.items() for pair in pairs]
)
def test_a_name_written_otherwise_is_found_with_its_reason(one: str, two: str, how: str) -> None:
    assert Likely.of([(1, two)]).find(one) == {1: how}
    assert Likely.of([(1, one)]).find(two) == {1: how}


@pytest.mark.parametrize(("one", "two"), OTHERS)
def test_names_that_differ_are_not_asked_about(one: str, two: str) -> None:
    assert Likely.of([(1, two)]).find(one) == {}


def test_a_part_that_many_have_is_no_evidence() -> None:
    many = [(number, f"Nguyen Van {number}") for number in range(2, 20)]
    assert Likely.of([(1, "Nguyen Van Minh Khoa"), *many]).find("Nguyen Van") == {}
    assert Likely.of([(1, "Nguyen Van Minh Khoa")]).find("Nguyen Van") == {1: MORE}


def test_the_same_letters_are_evidence_however_many_have_them() -> None:
    many = [(number, f"Nguyen {number} Anh") for number in range(2, 20)]
    assert Likely.of([(1, "Nguyen Anh"), *many]).find("Anh Nguyen") == {1: ORDER}
