"""Private fontconfig files: the official font names of a DOCX on the bundled open fonts.

`count`: all Chinese names on Noto Serif SC, whose quotation marks are one em wide, so that lines
can be counted. `look`: each kind of type on its own face.
"""

import pathlib
from xml.sax.saxutils import escape

XIAOBIAOSONG = ["方正小标宋简体", "方正小标宋_GBK"]
FANGSONG = ["仿宋_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "方正仿宋简体"]
KAITI = ["楷体_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "方正楷体简体"]
HEITI = ["黑体", "SimHei", "方正黑体_GBK", "方正黑体简体"]
SONGTI = ["宋体", "SimSun", "方正书宋_GBK", "方正书宋简体"]
LATIN = ["Times New Roman"]
OPEN = ["朱雀仿宋（预览测试版）", "LXGW WenKai GB Lite", "Noto Sans SC Medium"]


def aliases(mode):
    """(name in the DOCX, bundled family, weight or None)"""
    for name in LATIN:
        yield name, "Liberation Serif", None
    if mode == "count":
        for name in XIAOBIAOSONG + FANGSONG + KAITI + HEITI + SONGTI + OPEN:
            yield name, "Noto Serif SC", None
        return
    for names, family, weight in (
        (XIAOBIAOSONG, "Noto Serif SC", "bold"),
        (FANGSONG, "朱雀仿宋（预览测试版）", None),
        (KAITI, "LXGW WenKai GB Lite", None),
        (HEITI, "Noto Sans SC", "medium"),
        (SONGTI, "Noto Serif SC", None),
    ):
        for name in names:
            yield name, family, weight


# What every system's own configuration says too (90-synthetic.conf), and without which LibreOffice
# forgets that text is bold when the face it is given for a name has no bold one beside it.
EMBOLDEN = (
    '<match target="font"><test name="weight" compare="less_eq"><const>medium</const></test>'
    '<test target="pattern" name="weight" compare="more_eq"><const>bold</const></test>'
    '<edit name="embolden" mode="assign"><bool>true</bool></edit>'
    '<edit name="weight" mode="assign"><const>bold</const></edit></match>'
)


def write(folder, fonts, mode):
    """Writes `folder/fonts-{mode}.conf` for the fonts in `fonts` and returns its path."""
    folder = pathlib.Path(folder)
    rules = []
    for name, family, weight in aliases(mode):
        edit = f'<edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>'
        if weight:
            edit += f'<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit>'
        rules.append(
            f'<match target="pattern"><test name="family" qual="any"><string>{escape(name)}</string></test>{edit}</match>'
        )
    if mode == "look":
        rules.append(EMBOLDEN)
    conf = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(pathlib.Path(fonts).resolve()))}</dir>"
        f"<cachedir>{escape(str(folder / 'fontcache'))}</cachedir>" + "".join(rules) + "</fontconfig>"
    )
    path = folder / f"fonts-{mode}.conf"
    path.write_text(conf, encoding="utf-8")
    return path
