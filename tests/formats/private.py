"""An OFD file whose characters mean something in its own font only, as some producers subset them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from tests.formats.ofd import as_ofd
from tests.formats.parts import Part
from tests.formats.scans.pages import HANZI

_RES = (
    '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="x">'
    "<ofd:FontFile>f.otf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>"
)


def as_private_ofd(parts: Sequence[Part]) -> bytes:
    """The file of as_ofd with every sign moved to a code point of its own, and the font that draws it there."""
    text = "".join(part if isinstance(part, str) else "".join(box.text for box in part) for part in parts)
    own = {sign: 0xE000 + n for n, sign in enumerate(sorted(set(text) - set(" \n\u3000&<>")))}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_ofd(parts))) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            xml = file.read(name).decode().replace("<ofd:TextObject ", '<ofd:TextObject Font="3" ')
            made.writestr(
                name, re.sub(r"(<ofd:TextCode[^>]*>)([^<]*)", lambda m: m[1] + _moved(m[2], own), xml)
            )
        made.writestr("Doc_0/PublicRes.xml", _RES)
        made.writestr("Doc_0/Res/f.otf", _font(own))
    return out.getvalue()


def _moved(text: str, own: dict[str, int]) -> str:
    return "".join(chr(own.get(sign, ord(sign))) for sign in text)


def _font(own: dict[str, int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(str(HANZI["serif"]), fontNumber=2)
    cutter = subset.Subsetter(subset.Options())
    cutter.populate(text="".join(own))
    cutter.subset(font)
    for table in font["cmap"].tables:
        if hasattr(table, "cmap"):
            table.cmap = {own[chr(code)]: name for code, name in table.cmap.items() if chr(code) in own}
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
