"""Writes a labelled set for bench/data/masking.mjs: English and Chinese sentences with and without personal data.

    python -m pip install faker==40.54.0 && python bench/data/masking.py > masking.jsonl

Each line: {"language", "text", "spans": [[start, end, kind], ...]}, offsets in UTF-16 code units. A third of the lines
hold look-alikes only: years, versions, ports, hashes, order numbers, private addresses, wrong check digits.
"""

import json
import random
import sys

from faker import Faker

LINES = 3000
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def credit_code(rng: random.Random) -> str:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91" + rng.choice(["110108", "310115", "440305"]) + "".join(rng.choice(letters) for _ in range(9))
    total = sum(letters.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + letters[(31 - total % 31) % 31]


def wrong(digits: str) -> str:
    """The same number with another last digit, so that no check digit fits."""
    return digits[:-1] + str((int(digits[-1]) + 5) % 10) if digits[-1].isdigit() else digits[:-1] + "1"


def makers(en: Faker, zh: Faker, rng: random.Random):
    card = lambda: en.credit_card_number(rng.choice(["visa", "mastercard", "amex", "jcb", "discover"]))
    personal = {
        "en": [
            ("email", en.email), ("email", en.company_email), ("phone", en.phone_number), ("card", card),
            ("card", lambda: en.iban()), ("ip", en.ipv4_public), ("ip", lambda: "2a03:" + en.ipv6().split(":", 1)[1]),
        ],
        "zh": [
            ("email", zh.email), ("phone", zh.phone_number), ("phone", zh.phone_number),
            ("phone", lambda: f"0{rng.choice(['10', '21', '755', '571'])}-{rng.randint(60000000, 89999999)}"),
            ("id", zh.ssn), ("id", lambda: credit_code(rng)), ("card", card), ("ip", zh.ipv4_public),
        ],
    }
    alike = [
        lambda: f"{rng.randint(1900, 2030)}-{rng.randint(2000, 2030)}", lambda: f"v{rng.randint(1, 9)}.{rng.randint(0, 40)}.{rng.randint(0, 99)}",
        lambda: f"127.0.0.1:{rng.randint(1000, 65000)}", en.sha1, en.sha256, en.uuid4, en.ipv4_private,
        lambda: str(rng.randint(10**9, 2 * 10**9)), lambda: f"{rng.random():.14f}", lambda: wrong(card()),
        lambda: wrong(zh.ssn()), lambda: f"{rng.randint(1, 999)},{rng.randint(100, 999)},{rng.randint(100, 999)}",
        lambda: f"https://host.example/orders/{rng.randint(10**10, 10**11)}", lambda: en.date_time().isoformat(), en.isbn13,
        lambda: f"ISO {rng.randint(1000, 20000)}:{rng.randint(1990, 2024)}", en.mac_address,
        lambda: f"git@github.com:{en.user_name()}/x.git", lambda: f"ORD{rng.randint(10**11, 10**12)}",
    ]
    return personal, alike


FRAMES = {
    "en": ["Reach them at {}.", "Our record says {} for this customer.", "See {}, as noted.", "({})", "It was {} and then more."],
    "zh": ["资料中写着{}，请核对。", "客户资料为{}。", "见{}，如上所述", "（{}）", "系统记录了{}并保存。"],
}
NAMED = {"phone": {"en": "Phone: {}", "zh": "电话：{}"}}


def main() -> None:
    rng = random.Random(7)
    en, zh = Faker("en_US"), Faker("zh_CN")
    en.seed_instance(7)
    zh.seed_instance(7)
    personal, alike = makers(en, zh, rng)
    for number in range(LINES):
        language = "en" if number % 2 == 0 else "zh"
        frame = rng.choice(FRAMES[language])
        spans = []
        if number % 3 == 2:
            value = rng.choice(alike)()
            text = frame.format(value)
        else:
            kind, make = rng.choice(personal[language])
            value = make()
            if kind == "phone" and rng.random() < 0.5:
                frame = NAMED["phone"][language]
            start = frame.index("{}")
            text = frame.format(value)
            spans.append([start, start + len(value), kind])
        json.dump({"language": language, "text": text, "spans": spans}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
