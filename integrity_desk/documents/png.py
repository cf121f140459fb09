"""Page pictures as PNG files (ISO/IEC 15948), without a library for pictures."""

from __future__ import annotations

import struct
import zlib

from integrity_desk.documents.preview import PageImage


def png(image: PageImage) -> bytes:
    """Return a page picture as a PNG file of 8-bit colours."""
    width, height, pixels = image
    colours = bytearray(width * height * 3)
    for place, channel in enumerate((2, 1, 0)):  # pixels are blue, green, red, unused
        colours[place::3] = pixels[channel::4]
    row = width * 3
    lines = b"".join(b"\0" + colours[at * row : (at + 1) * row] for at in range(height))
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
