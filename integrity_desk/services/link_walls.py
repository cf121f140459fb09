"""Records that a field of a case may not name: still shown while choosing, with the reason.

Leaving them out in silence would look like a name that is not registered. The guards of
``firewall`` refuse them whatever a window offers.
"""

from __future__ import annotations

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Id
from integrity_desk.domain.firewall import HANDLERS, refuse_handlers
from integrity_desk.domain.records import Record, with_values
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.services.firewall import LEADING, walls_of
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def why_not(of: Id, field: str, chosen: Id, reader: Reader) -> str:
    """Return why the record ``of`` may not name ``chosen`` in a field; "" when it may."""
    try:
        case, named = reader.load_any(of), reader.load_any(chosen)
    except NotFound:
        return ""
    if not isinstance(case, Complaint):
        return ""
    if field == "joined_to_id" and isinstance(named, Complaint):
        return _may_not_lead(case, named, reader)
    if field in (*HANDLERS, "handler_unit_id"):
        return _may_not_handle(case, field, named, reader)
    return ""


def _may_not_handle(case: Complaint, field: str, named: Record, reader: Reader) -> str:
    asked = with_values(case, {field: named.id})
    walls = walls_of(asked, reader)
    if field == "handler_unit_id":
        return _("被反映单位、其下属或承继单位，须回避") if walls.bars_unit(named.id) else ""
    if walls.bars_person(named.id):
        return _("被反映人、其亲属或已回避，不得办理")
    return _("在被反映单位任职，须回避") if walls.bars_staff(named.id) else ""


def _may_not_lead(case: Complaint, named: Complaint, reader: Reader) -> str:
    if named.id == case.id:
        return _("就是本件")
    if named.joined_to_id:
        return _("已并入他件，请选它的主办件")
    if named.state not in LEADING:
        return _("尚未受理或已经答复")
    try:
        refuse_handlers(named, walls_of(case, reader, of=named))
    except InvalidInput:
        return _("它的承办人须回避本件")
    return ""
