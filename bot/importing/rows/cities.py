"""Capitals and training centres of the region, in English, their own script and some others.

Other towns are not known: a list names the country of them. Cities after which a time zone is named
have their names in many languages in CLDR, and are not repeated here in all of them.
"""

from functools import cache

from bot.importing.rows.place_names import CITIES as NAMED
from bot.importing.rows.place_names import compact, packaged_names

CITIES = {
    "AF": "Kabul, کابل",
    "AU": "Canberra, Sydney, Melbourne, Brisbane, Perth, 堪培拉, 悉尼, 墨尔本",
    "BD": "Dhaka, ঢাকা, Chattogram, Chittagong",
    "BN": "Bandar Seri Begawan, 斯里巴加湾",
    "BT": "Thimphu, ཐིམ་ཕུ, Phuentsholing",
    "CN": "Beijing, 北京, Shanghai, 上海, Xiamen, 厦门, Guangzhou, 广州, Shenzhen, 深圳, Пекин, ปักกิ่ง",
    "FJ": "Suva, Nadi, 苏瓦, スバ, Сува, ซูวา",
    "HK": "Hong Kong, 香港",
    "ID": "Jakarta, 雅加达, Denpasar, Bali",
    "IN": "New Delhi, Delhi, नई दिल्ली, दिल्ली, Faridabad, Mumbai, Kolkata, Chennai, 新德里, Дели",
    "IR": "Tehran, Teheran, تهران, Тегеран",
    "JP": "Tokyo, 東京, 东京, Kashiwa, 柏, Osaka, 大阪",
    "KH": "Phnom Penh, ភ្នំពេញ, 金边, Siem Reap, សៀមរាប",
    "KR": "Seoul, 서울, 首尔, Busan, Pusan, 부산, 釜山, Cheonan, 천안, Daejeon, 대전, Séoul",
    "LA": "Vientiane, ວຽງຈັນ, 万象, เวียงจันทน์",
    "LK": "Colombo, කොළඹ, கொழும்பு, Sri Jayawardenepura Kotte, Kotte",
    "MM": "Nay Pyi Taw, Naypyidaw, နေပြည်တော်, Yangon, Rangoon, ရန်ကုန်, 内比都",
    "MN": "Ulaanbaatar, Ulan Bator, Улаанбаатар, Улан-Батор, 乌兰巴托",
    "MO": "Macao, Macau, 澳门, 澳門",
    "MV": "Malé, މާލެ, 马累",
    "MY": "Kuala Lumpur, 吉隆坡, Putrajaya, Melaka, Malacca, 马六甲, Penang",
    "NP": "Kathmandu, काठमाडौं, काठमाण्डौ, 加德满都",
    "NZ": "Wellington, Auckland, Te Whanganui-a-Tara, 惠灵顿, 奥克兰",
    "PG": "Port Moresby, 莫尔兹比港",
    "PH": "Manila, Maynila, Cebu, 马尼拉",
    "PK": "Islamabad, اسلام آباد, Karachi, کراچی, Lahore, لاہور, 伊斯兰堡",
    "PW": "Ngerulmud, Koror, Melekeok",
    "SB": "Honiara, 霍尼亚拉",
    "SG": "Singapore, 新加坡",
    "TH": "Bangkok, กรุงเทพฯ, กรุงเทพ, กรุงเทพมหานคร, 曼谷, バンコク, Бангкок, Chiang Mai, เชียงใหม่",
    "TL": "Dili, Díli, 帝力",
    "TO": "Nuku'alofa, Nukualofa, 努库阿洛法",
    "VN": "Hanoi, Ha Noi, Hà Nội, 河内, ハノイ, Ханой, ฮานอย, Da Nang, Đà Nẵng, Ho Chi Minh City",
    "VU": "Port Vila, Port-Vila, 维拉港",
    "WS": "Apia, 阿皮亚",
    "BE": "Brussels, Bruxelles, Brüssel, 布鲁塞尔, ブリュッセル, Брюссель, บรัสเซลส์",
}
"""Cities by the code of their country, separated by commas; the last is the seat of the WCO."""


@cache
def _own() -> dict[str, str]:
    return {compact(name): code for code, names in CITIES.items() for name in names.split(",")}


def country_of_city(text: str) -> str | None:
    """Return the country of a city of the region by its name in the known languages; else None."""
    form = compact(text)
    if not form:
        return None
    return _own().get(form) or packaged_names(NAMED).get(form)
