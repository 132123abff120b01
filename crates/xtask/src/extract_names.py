"""Prints the raw names behind crates/names/data/population.tsv, one a line, tab-separated:

    source  role  list  shape  weight  name

`source` is faker/<locale>, census, romanizer/<country> or romanizer-native/<country>; `role` is given, family or
middle; `list` tells the lists of one role apart (men's and women's names), which share the role equally; `shape` says
what the order and the weights mean: `counted` (weights are measured), `ranked` (the list is in order of frequency, no
weights) or `flat` (neither is known). Run by `cargo xtask population` with the folder of the installed packages.
"""

import importlib
import os
import sqlite3
import sys

root = sys.argv[1]
sys.path.insert(0, root)

# Lists that Faker has in order of frequency, by the look of their first names (Smirnov, Ivanov ...; Tremblay ...).
RANKED = {
    ("da_DK", "last_names"), ("de_CH", "first_names_male"), ("de_CH", "first_names_female"),
    ("fr_FR", "last_names"), ("fr_CA", "last_names"), ("fr_QC", "last_names"), ("lt_LT", "last_names"),
    ("pl_PL", "male_last_names"), ("ru_RU", "last_names_male"), ("ru_RU", "last_names_female"),
    ("en_NG", "first_names_male"), ("ha_NG", "first_names_male"),
}

# How Chinese surnames are spelt outside the mainland: Taiwan (Wade-Giles), Hong Kong (Cantonese), Singapore and
# Malaysia (Hokkien, Teochew). Simplified character: spellings.
CHINESE = {
    "王": "Wang Wong Ong", "李": "Lee Lee Lee", "张": "Chang Cheung Teo", "刘": "Liu Lau Low", "陈": "Chen Chan Tan",
    "杨": "Yang Yeung Yeo", "黄": "Huang Wong Ng", "吴": "Wu Ng Goh", "赵": "Chao Chiu Teo", "周": "Chou Chow Chew",
    "徐": "Hsu Tsui Chee", "孙": "Sun Suen Soon", "马": "Ma Ma Beh", "朱": "Chu Chu Choo", "胡": "Hu Wu Oh",
    "林": "Lin Lam Lim", "郭": "Kuo Kwok Kwek", "何": "Ho Ho Ho", "高": "Kao Ko Koh", "罗": "Lo Law Loh",
    "郑": "Cheng Cheng Tay", "梁": "Liang Leung Neo", "谢": "Hsieh Tse Chia", "宋": "Sung Sung Song",
    "唐": "Tang Tong Tng", "许": "Hsu Hui Koh", "邓": "Teng Tang Tang", "冯": "Feng Fung Pang", "韩": "Han Hon Hun",
    "曹": "Tsao Cho Chor", "曾": "Tseng Tsang Chan", "彭": "Peng Pang Phang", "萧": "Hsiao Siu Siow",
    "蔡": "Tsai Choi Chua", "潘": "Pan Poon Phua", "田": "Tien Tin Chan", "董": "Tung Tung Tang",
    "袁": "Yuan Yuen Wan", "于": "Yu Yu Yu", "余": "Yu Yu Ee", "叶": "Yeh Yip Yap", "蒋": "Chiang Cheung Chiang",
    "杜": "Tu To Toh", "苏": "Su So Soh", "魏": "Wei Ngai Gwee", "程": "Cheng Ching Thia", "吕": "Lu Lui Loo",
    "丁": "Ting Ting Teng", "沈": "Shen Shum Sim", "任": "Jen Yam Jen", "姚": "Yao Yiu Yeo", "卢": "Lu Lo Loh",
    "傅": "Fu Fu Poh", "钟": "Chung Chung Cheong", "崔": "Tsui Chui Chwee", "谭": "Tan Tam Tham",
    "廖": "Liao Liu Leow", "洪": "Hung Hung Ang", "邱": "Chiu Yau Khoo", "江": "Chiang Kong Kang",
    "戴": "Tai Tai Tay", "施": "Shih Sze See", "庄": "Chuang Chong Chng", "赖": "Lai Lai Lai", "柯": "Ko Or Kua",
}
TRADITIONAL = dict(zip("張劉陳楊黃吳趙孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧鍾譚賴莊", "张刘陈杨黄吴赵孙马罗郑谢许邓冯韩萧叶蒋苏吕卢钟谭赖庄"))

# The customary spellings of Korean surnames, most usual first; the Hangul itself gives the official one.
KOREAN = {
    "김": "Kim Kim Kim", "이": "Lee Lee Lee Yi Rhee Ri", "박": "Park Park Park Pak Bak", "정": "Jung Jeong Chung Chong",
    "최": "Choi Choi Choe", "조": "Cho Cho Jo", "강": "Kang Kang Gang", "윤": "Yoon Yun", "장": "Jang Jang Chang",
    "임": "Lim Lim Im Rim", "한": "Han", "오": "Oh Oh O", "서": "Seo Suh So", "신": "Shin Shin Sin", "권": "Kwon",
    "황": "Hwang", "안": "Ahn An", "송": "Song", "류": "Ryu Yoo", "전": "Jeon Chun Chon Jun", "홍": "Hong",
    "고": "Ko Koh Go", "문": "Moon Mun", "양": "Yang Ryang", "손": "Son Sohn", "배": "Bae Pae", "백": "Baek Paek Paik",
    "허": "Heo Hur Ho", "유": "Yoo Yu", "남": "Nam", "심": "Shim Sim", "노": "Noh Roh No Ro", "하": "Ha", "곽": "Kwak",
    "성": "Sung Seong Song", "차": "Cha", "주": "Joo Chu Ju", "우": "Woo U", "구": "Koo Ku Goo", "나": "Na Ra",
    "민": "Min", "진": "Jin Chin", "지": "Ji Chi", "엄": "Eom Um Om",
}
SYLLABLES = {
    "수": "soo", "경": "kyung", "숙": "sook", "영": "young", "현": "hyun", "정": "jung", "철": "chul", "우": "woo",
    "준": "joon", "훈": "hoon", "석": "suk", "성": "sung", "주": "joo", "순": "soon", "윤": "yoon", "병": "byung",
    "광": "kwang", "건": "kun", "춘": "chun", "선": "sun", "용": "yong", "명": "myung", "국": "kook",
}
INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")


def syllable(letter):
    """The official romanisation of one Hangul syllable by itself."""
    index = ord(letter) - 0xAC00
    return INITIALS[index // 588] + VOWELS[index % 588 // 28] + FINALS[index % 28]


def korean_given(name):
    official = [syllable(letter) for letter in name]
    usual = [SYLLABLES.get(letter, syllable(letter)) for letter in name]
    return ["".join(official), " ".join(official), "".join(usual), " ".join(usual)]


def values(holder, attribute):
    """The names of a list with their weights; None where the list has no weights."""
    value = getattr(holder, attribute, None)
    if value is None or isinstance(value, (str, property)) or callable(value):
        return None
    if isinstance(value, dict):
        pairs = [(name, float(weight)) for name, weight in value.items()]
        counted = len({weight for _, weight in pairs}) > 1
    else:
        pairs = [(name, 1.0) for name in value if isinstance(name, str)]
        counted = False
    pairs = [(name, weight) for name, weight in pairs if "{" not in name and weight > 0]
    if {name for name, _ in pairs} in ({"Doe"}, {"John", "Jane"}) or not pairs:
        return None
    return pairs, counted


def emit(source, role, part, shape, pairs):
    for name, weight in pairs:
        name = " ".join(name.split())
        if name:
            print(source, role, part, shape, repr(weight), name, sep="\t")


def faker():
    folder = os.path.join(root, "faker", "providers", "person")
    for locale in sorted(os.listdir(folder)):
        if not os.path.isfile(os.path.join(folder, locale, "__init__.py")):
            continue
        holder = importlib.import_module("faker.providers.person." + locale).Provider
        source = "faker/" + locale

        def lists(role, attributes):
            found = False
            for attribute in attributes:
                pairs = values(holder, attribute)
                if pairs is not None:
                    shape = "counted" if pairs[1] else "ranked" if (locale, attribute) in RANKED else "flat"
                    emit(source, role, attribute, shape, pairs[0])
                    found = True
            return found

        # A list of men and one of women where there are both; else the list of all.
        lists("given", ["first_names_male", "first_names_female", "first_names_unisex"]) or lists("given", ["first_names"])
        if values(holder, "last_names_male") and values(holder, "last_names_female"):
            lists("family", ["last_names_male", "last_names_female", "last_names_common", "last_names_unisex"])
        else:
            lists("family", ["last_names"])
        lists("middle", ["middle_names_male", "middle_names_female"]) or lists("middle", ["middle_names"])

        if locale == "pl_PL":
            lists("family", ["unisex_last_names", "male_last_names"])
            women = [(name[:-1] + "a" if name.endswith("i") else name, weight) for name, weight in values(holder, "male_last_names")[0]]
            emit(source, "family", "female_last_names", "ranked", women)
        elif locale == "is_IS":
            for suffix in ("son", "dóttir"):
                pairs = [(name + suffix, 1.0) for name in holder.last_names_without_suffix]
                emit(source, "family", suffix, "flat", pairs)
        elif locale == "ja_JP":
            surnames = holder.last_name_pairs
            for part, index in (("romanised", 2), ("kana", 1)):
                emit(source, "family", part, "counted", [(key[index], weight) for key, weight in surnames.items()])
                emit(source, "given", part, "flat", [(key[index], 1.0) for key in holder.first_name_pairs])
        elif locale == "ko_KR":
            spelt = [(form, weight / len(forms.split())) for key, weight in holder.last_names.items()
                     for forms in [KOREAN.get(key, syllable(key))] for form in forms.split()]
            # Twice: two thirds of the surnames are in a customary spelling, one third in the official one.
            emit(source, "family", "customary", "counted", spelt)
            emit(source, "family", "customary again", "counted", spelt)
            given = [(form, 1.0) for key in holder.first_names for form in korean_given(key)]
            emit(source, "given", "spelt", "flat", given)
        elif locale == "zh_TW":
            spelt = [(CHINESE[TRADITIONAL.get(key, key)].split()[0], weight) for key, weight in holder.last_names.items()
                     if TRADITIONAL.get(key, key) in CHINESE]
            emit(source, "family", "taiwan", "counted", spelt)
            emit(source, "given", "romanised", "flat", [(name, 1.0) for name in holder.first_romanized_names])
            names = [(letter, weight) for name, weight in holder.first_names.items() for letter in name]
            emit(source, "given", "syllables", "counted", names)
        elif locale == "zh_CN":
            for place, part in ((1, "hong kong"), (2, "singapore")):
                spelt = [(CHINESE[key].split()[place], weight) for key, weight in holder.last_names.items() if key in CHINESE]
                emit("faker/zh_CN+" + part.split()[0], "family", part, "counted", spelt)
            # Half the records write 建华 as Jian Hua.
            emit(source, "given", "syllables", "flat", [(" ".join(name), 1.0) for name in holder.first_names])


def census():
    folder = os.path.join(root, "names")
    files = [("dist.male.first", "given"), ("dist.female.first", "given"), ("dist.all.last", "family")]
    for file, role in files:
        with open(os.path.join(folder, file), encoding="ascii") as lines:
            rows = [line.split() for line in lines]
        # The tail is rounded to 0.000 percent of about 250 million: those are taken as a quarter of the last digit.
        emit("census", role, file, "counted", [(row[0], max(float(row[1]), 0.00025)) for row in rows])


def romanizer():
    path = os.path.join(root, "arabic_name_romanizer", "resources", "names.sqlite3")
    base = sqlite3.connect("file:" + path + "?mode=ro", uri=True)
    role = "case role when 'surname' then 'family' else 'given' end"
    for column, source in (("latin", "romanizer/"), ("arabic_key", "romanizer-native/")):
        query = f"select country, {role}, {column}, sum(count) from units where source = 'wikidata' group by 1, 2, 3 order by 1, 2, 3"
        for country, part, name, count in base.execute(query):
            emit(source + country, part, part, "counted", [(name, float(count))])


sys.stdout.reconfigure(encoding="utf-8")
faker()
census()
romanizer()
