"""Record ids: UUID version 7 (RFC 9562) as 32 hexadecimal digits, so later ids sort later."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from integrity_desk.domain.fields import Id
from integrity_desk.domain.times import epoch_ms

RandomBytes = Callable[[int], bytes]


def new_id(moment: datetime, random_bytes: RandomBytes = secrets.token_bytes) -> Id:
    """Make the id of a record that begins at ``moment``."""
    raw = bytearray(epoch_ms(moment).to_bytes(6, "big") + random_bytes(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return raw.hex()
