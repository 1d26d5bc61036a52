"""Invented names in the manner of 35 administrations: how often do two look like one person?

Common names are as common as they are there: of ten people in Viet Nam four are called Nguyen.
"""

from collections.abc import Callable
from itertools import accumulate, product
from random import Random

Maker = Callable[[Random], str]


def _pool(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _made(first: str, last: str, most: int) -> tuple[str, ...]:
    """Return names of two syllables each."""
    pairs = [a + b for a, b in product(_pool(first), _pool(last))]
    return tuple(Random(7).sample(pairs, min(most, len(pairs))))


def _by_rank(pool: tuple[str, ...], steep: float) -> Callable[[Random], str]:
    """Return a choice in which the first names are the most frequent ones."""
    weights = list(accumulate(1 / (rank + 1) ** steep for rank in range(len(pool))))
    return lambda random: random.choices(pool, cum_weights=weights)[0]


ENGLISH = _pool(
    "James Mary John Anna David Sarah Peter Grace Paul Ruth Mark Emma Simon Jane Luke Helen Thomas "
    "Susan Daniel Karen Michael Linda Andrew Laura Robert Julia William Alice George Diana Henry "
    "Rachel Martin Judith Stephen Monica Philip Teresa Joseph Agnes Charles Esther Edward Martha "
    "Samuel Naomi Benjamin Miriam Anthony Deborah Patrick Angela Vincent Christine Gregory Lucy"
)
WESTERN = _pool(
    "Smith Jones Brown Taylor Wilson Martin Walker Wright Harris Thompson White Roberts "
    "Clarke Hall "
    "Green Evans Baker Cooper Ward Turner Hughes Edwards Hill Moore Wood Bennett Carter Mitchell "
    "Campbell Stewart Murphy Kelly Ryan Reid Fraser Morrison Hunter Palmer Marshall Simpson"
) + _made(
    "Ash Black Brook Chad Dun Green Hart Kirk Lang Mill North Pem Rad Shel Stan Thorn Wal Whit",
    "bury by croft den don field ford ham ley man more shaw ton wick wood worth",
    240,
)
MUSLIM = _pool(
    "Mohammad Ahmad Ali Hassan Hussain Ibrahim Ismail Omar Yusuf Khalid Farid Rashid Karim "
    "Rahim Salim "
    "Nasir Tariq Imran Bilal Hamid Jamal Kamal Latif Majid Nadia Fatima Aisha Maryam Zainab Laila "
    "Amina Farida Halima Khadija Nasreen Parveen Rukhsana Sadia Shabnam Yasmin Zahra Abdul "
    "Aziz Anwar "
    "Arif Asif Faisal Habib Idris Javed Mahmud Mustafa Naveed Qasim Rafiq Sajid Shahid "
    "Usman Waqar Zahid"
)
FAMILIES = MUSLIM + _made(
    "Ab Ak Ahm Bak Far Ham Jal Kar Mir Nur Rah Sal Sul Yaz Zam",
    "adi ani ari awi azai bari eri hani imi mani osh tari uddin ullah zada zai",
    200,
)
THAI = _made(
    "Som Kit Pra Sir Thana Wara Nat Pon Suda Chai Wan Ama Nara Piya Rat",
    "chai porn wat sak da ree kan thip phong lak wut sert ya narin",
    160,
)
THAI_FAMILIES = _made(
    "Jai Thong Wong Srisuk Chaiy Phan Rattan Suwan Boon Kaew Sang Charoen Intha Prasert "
    "Mongkhon Tang",
    "dee suk porn wat anon sakun phan rat sombat thai sri kul anurak mani chot kiat",
    256,
)
INDIAN = _made(
    "Ra Su Vi An Ar De Ga Ha Ka La Ma Na Pra San",
    "jesh nil jay il mesh vind ni shma lini ndra deep kash",
    150,
)
INDIAN_FAMILIES = _pool(
    "Sharma Kumar Singh Patel Gupta Rao Reddy Nair Das Shrestha Perera Fernando Silva"
) + _made(
    "Bhat Chat Gan Jaya Kul Mukh Nara Raj Sri Than Vija Wick",
    "achar erjee guly karni nath pal rama singhe tunga wal wardene yan",
    144,
)
PACIFIC = _made(
    "Sio Me Lavi Te Ma Si Vai Lo Fa Pe Ta Losa",
    "ne le nia vita fua tupu lani loto na seta ua mi",
    120,
)
PACIFIC_FAMILIES = _made(
    "Fon Tup Va Fale Leo Kai Lat Nai Qal Mo Taufa Hav",
    "ua ou ea olo ta tapu u du o ala eli ili",
    130,
)
MONGOLIAN = _made(
    "Bat Bold Dorj Gan Oyun Tsend Enkh Munkh Sukh Bayar",
    "aa bold bat erdene jargal saikhan tuya tsetseg zorig gerel",
    90,
)
JAPANESE = _made(
    "Ta Su Sa Ya Ko Mo Na Mi Ku Wata", "naka zuki to mada baya ri kamura yama da nabe", 100
)
JAPANESE_GIVEN = _made("Ha Yu Ke Ma A Mi Hi To", "ruto ki nji sato kari yuki roshi moko", 64)
SYLLABLES = _pool(
    "wei min jun li hua xin yan ming jie fang hong ping bin lei tao qiang yong chao xia "
    "jing na ting yu hao bo"
)
CHINESE = _pool(
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo "
    "Zheng Liang Xie Song Tang Deng Feng Han Cao Peng"
)
CANTONESE = _pool(
    "Chan Wong Lee Cheung Lau Lam Ng Cheng Ho Leung Chow Yip Tsang Tang Kwok Fung Mak"
)
CANTONESE_GIVEN = _pool(
    "Ka Wai Ming Man Chi Kin Siu Hoi Yan Wing Lok Tsz Ho Kit Fai Mei Ling Yee Shan Pui"
)
KOREAN = _pool("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song")
KOREAN_GIVEN = _pool(
    "min ji su hyun seo jun young hee eun ho sung woo jin kyung mi ah won tae sang hye"
)
VIETNAMESE = _pool("Nguyen Tran Le Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly")
VIETNAMESE_GIVEN = _pool(
    "Anh Hung Dung Lan Huong Thanh Thang Minh Ha Linh Nam Tuan Hoa Mai Phuong Hai Son Duc "
    "Long Thuy Hien Trang Quang Cuong Binh Nga Yen Tung Khanh Loan"
)
KHMER = _pool("Sok Chan Chea Kim Heng Lim Ly Meas Nhem Ouk Pich Seng Som Tep Va Yim")
KHMER_GIVEN = _made("So Bo Cha Da Ra Vi So Sre", "phea pha nthy rith thy sna chea mony", 60)
BURMESE = _pool(
    "Aung Kyaw Win Htun Moe Zaw Thant Khin Su Myat Hnin Ei Phyo Naing Soe Lwin Thiri May "
    "Oo Myint Than Nyein Wai"
)
BHUTANESE = _pool(
    "Karma Tshering Dorji Sonam Pema Kinley Ugyen Jigme Tashi Phuntsho Namgay Wangdi "
    "Choden Dema Lhamo Zangmo Penjor Rinchen Yeshi Sangay Norbu Wangmo Deki Chimi"
)


def _two(given: tuple[str, ...], family: tuple[str, ...], steep: float = 0.7) -> Maker:
    first, last = _by_rank(given, 0.6), _by_rank(family, steep)
    return lambda random: f"{first(random)} {last(random)}"


def _three_at_times(given: tuple[str, ...], family: tuple[str, ...], steep: float) -> Maker:
    """Return names of which every fifth has an initial, and every tenth a second given name."""
    first, last = _by_rank(given, 0.6), _by_rank(family, steep)

    def made(random: Random) -> str:
        more = random.choices(("", f"{first(random)[0]}. ", f"{first(random)} "), (7, 2, 1))[0]
        return f"{first(random)} {more}{last(random)}"

    return made


def _joined(
    family: tuple[str, ...], given: tuple[str, ...], between: str, steep: float = 1
) -> Maker:
    last, first = _by_rank(family, steep), _by_rank(given, 0.3)
    return lambda random: f"{last(random)} {between.join((first(random).title(), first(random)))}"


def _three(family: tuple[str, ...], given: tuple[str, ...], steep: float) -> Maker:
    last, middle, first = _by_rank(family, steep), _by_rank(given, 0.5), _by_rank(given, 0.3)
    return lambda random: f"{last(random)} {middle(random)} {first(random)}"


MAKERS: dict[str, Maker] = {
    "CN": _joined(CHINESE, SYLLABLES, ""),
    "KR": _joined(KOREAN, KOREAN_GIVEN, "-", 1.2),
    "VN": _three(VIETNAMESE, VIETNAMESE_GIVEN, 1.3),
    "MM": _three(BURMESE, BURMESE, 0.3),
    "BT": _two(BHUTANESE, BHUTANESE, 0.4),
    "JP": _two(JAPANESE_GIVEN, JAPANESE, 0.6),
    "MN": _two(MONGOLIAN, MONGOLIAN, 0.5),
    "KH": _two(KHMER_GIVEN, KHMER, 0.7),
    **dict.fromkeys(("HK", "MO"), _three(CANTONESE, CANTONESE_GIVEN, 1)),
    **dict.fromkeys(("TH", "LA"), _two(THAI, THAI_FAMILIES, 0.2)),
    **dict.fromkeys(("IN", "NP", "LK"), _three_at_times(INDIAN, INDIAN_FAMILIES, 0.8)),
    **dict.fromkeys(
        ("AF", "BD", "IR", "MV", "PK", "BN", "ID", "MY", "SG"), _two(MUSLIM, FAMILIES)
    ),
    **dict.fromkeys(
        ("AU", "NZ", "PH", "PG", "PW", "SB", "VU"), _three_at_times(ENGLISH, WESTERN, 0.6)
    ),
    **dict.fromkeys(("FJ", "TL", "TO", "WS"), _two(PACIFIC, PACIFIC_FAMILIES, 0.5)),
}
"""How a name is made in each administration."""


def invented(count: int, seed: int) -> list[tuple[str, str]]:
    """Return names with their administrations, as many in each."""
    random, codes = Random(seed), list(MAKERS)
    return [(MAKERS[codes[n % len(codes)]](random), codes[n % len(codes)]) for n in range(count)]
