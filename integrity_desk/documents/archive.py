"""What PDF/A-2b asks beyond plain PDF: XMP metadata and an sRGB output intent (ISO 19005-2)."""

from __future__ import annotations

import struct
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc


def make_archival(doc: Any, *, title: str, subject: str, author: str, made_on: date) -> None:
    """Add metadata and output intent to a reportlab document; the texts equal its info's."""
    catalog = doc.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    packet = _XMP.format(
        title=escape(title), subject=escape(subject), author=escape(author), made_on=made_on
    )
    metadata = pdfdoc.PDFStream(content=packet.encode())
    metadata.dictionary["Type"] = "/Metadata"
    metadata.dictionary["Subtype"] = "/XML"
    catalog.Metadata = metadata
    profile = pdfdoc.PDFStream(content=_srgb_profile(), filters=[pdfdoc.PDFZCompress])
    profile.dictionary["N"] = 3
    intent = pdfdoc.PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": "(sRGB)",
            "Info": "(sRGB)",
            "DestOutputProfile": doc.Reference(profile),
        }
    )
    catalog.OutputIntents = pdfdoc.PDFArray([intent])


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{made_on}T00:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>{made_on}T00:00:00+08:00</xmp:ModifyDate>
<xmp:CreatorTool>Integrity Desk</xmp:CreatorTool>
<pdf:Producer>Integrity Desk</pdf:Producer>
<pdf:Keywords></pdf:Keywords>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""

_PRIMARIES = {
    b"wtpt": (0.9505, 1.0, 1.0891),
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7141),
}
"""sRGB primaries adapted to D50, and its D65 white (IEC 61966-2-1)."""


def _srgb_profile() -> bytes:
    """Build a three-component display profile of the smallest kind (ICC.1:2001-04)."""
    name = b"sRGB"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + bytes(80),
        b"cprt": b"text" + bytes(4) + b"Public domain\0",
        **{tag: b"XYZ " + bytes(4) + _fixed(*xyz) for tag, xyz in _PRIMARIES.items()},
    }
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    directory, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        directory += tag + struct.pack(">II", start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(data), bytes(4), 0x02100000, b"mntr",
                       b"RGB ", b"XYZ ")  # fmt: skip
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += _fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + directory + data


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)
