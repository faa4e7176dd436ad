"""OFD pages whose drawings are kept in the file's resources and put in place by their number."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest

from govcrawl.documents import read_document
from tests.formats.ofd import as_ofd
from tests.formats.parts import a_report, faults, parts_of

_LAYER = re.compile(r'(<ofd:Layer ID="9">)(.*)(</ofd:Layer>)', re.DOTALL)
_HALF = 'Boundary="0 0 210 297" CTM="0.5 0 0 0.5 0 0"'


def kept_apart(place: str, inner: str = "{}", times: int = 1) -> bytes:
    """A report each of whose pages is one drawing of the resources, or a drawing of that one."""
    units: list[str] = []
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_ofd(list(parts_of(a_report(1)))))) as file,
        zipfile.ZipFile(out, "w") as made,
    ):
        for name in file.namelist():
            text = file.read(name).decode()
            if name.endswith("Content.xml") and (found := _LAYER.search(text)):
                units.append(found[2])
                put = f'<ofd:CompositeObject ID="5" ResourceID="{len(units)}" {place}/>' * times
                text = _LAYER.sub(lambda own, put=put: f"{own[1]}{inner.format(put)}{own[3]}", text)
            made.writestr(
                name,
                text.replace("<ofd:CommonData>", "<ofd:CommonData><ofd:PublicRes>Res.xml</ofd:PublicRes>"),
            )
        drawn = "".join(
            f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit>'
            for number, unit in enumerate(units, 1)
        )
        made.writestr("Doc_0/Res.xml", f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016">{drawn}</ofd:Res>')
    return out.getvalue()


@pytest.mark.parametrize("place", ['Boundary="0 0 210 297"', 'Boundary="3 4 210 297"', _HALF])
def test_reports(place: str) -> None:
    assert faults(kept_apart(place), "report.ofd", a_report(1)) == []


def test_drawings_within_blocks() -> None:
    content = kept_apart('Boundary="0 0 210 297"', '<ofd:PageBlock ID="6">{}</ofd:PageBlock>')
    assert faults(content, "report.ofd", a_report(1)) == []


def test_drawings_without_end_are_cut() -> None:
    started = time.process_time()
    document = read_document(kept_apart('Boundary="0 0 210 297"', times=500), name="report.ofd")
    assert any("drawings put on pages" in defect.detail for defect in document.defects)
    assert time.process_time() - started < 20
