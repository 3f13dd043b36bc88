"""An office: its people with names that are hard on headers, and what their messages must say."""

import random

UNITS = ["城子街道", "王平镇", "区规划国土分局", "区政协(办公室)", "O'Neil & Söhne", "a, b; c", "№1 «Альфа»"]
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "伟芳娜敏静丽强磊洋艳勇杰"
DOMAINS = ["example.cn", "mtg.example.cn", "例子.中国", "xn--fsqu00a.xn--fiqs8s"]
RARE = ["", "𠮷", "喆", "㛃", "😀", "\"引\"", "\\", "=?UTF-8?Q?x?=", "—" * 30]


def people(count, seed):
    """Rows of a table: label, group, unit, name, address, formats, as an editor would type them."""
    chance = random.Random(seed)
    rows = []
    groups = [("报", "首都文明办"), ("报", "区委"), ("报", "区人大"), ("报", "区政府"),
              ("发", "全区各单位主要领导"), ("发", "创城工作主管领导"), ("发", "信息员")]
    for index in range(count):
        label, group = groups[index % len(groups)]
        unit = chance.choice(UNITS) if chance.random() < 0.8 else ""
        name = ""
        if chance.random() < 0.8:
            name = chance.choice(FAMILY) + chance.choice(GIVEN) + chance.choice(RARE)
        address = f"p{index}.{chance.choice('abc+_-')}x@{chance.choice(DOMAINS)}"
        formats = chance.choice(["", "docx", "pdf", "docx、pdf"])
        rows.append({"分送": label, "组": group, "单位": unit, "姓名": name, "邮箱": address, "格式": formats})
    return rows


def ascii_address(address):
    """The address as it must stand in the message."""
    local, domain = address.split("@")
    return f"{local}@{domain.encode('idna').decode() if not domain.isascii() else domain}"


def display(row):
    """The name before the address."""
    names = [name for name in (row["单位"], row["姓名"]) if name]
    return " ".join(names) or row["组"]


def formats(row):
    """The endings of the attached files."""
    return [ending for ending in ("docx", "pdf") if ending in (row["格式"] or "docx")]
