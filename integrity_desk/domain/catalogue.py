"""All record types: importing this module declares every one of them."""

from __future__ import annotations

from integrity_desk.domain import (
    access,
    accounts,
    attachments,
    authors,
    commitments,
    complaints,
    evaluation,
    exemption_checks,
    fulfilment,
    import_sources,
    inquiries,
    instalments,
    integrity_files,
    kinship,
    letters,
    measures,
    notices,
    objections,
    people,
    pledges,
    proposals,
    questions,
    rectification,
    redactions,
    repairs,
    reporters,
    rule_changes,
    sealed_items,
    training,
    units,
)
from integrity_desk.domain.records import RecordType, record_types

_MODULES = (
    commitments,
    fulfilment,
    instalments,
    complaints,
    reporters,
    sealed_items,
    proposals,
    questions,
    integrity_files,
    measures,
    objections,
    repairs,
    rectification,
    notices,
    redactions,
    exemption_checks,
    evaluation,
    training,
    pledges,
    inquiries,
    units,
    people,
    kinship,
    attachments,
    accounts,
    access,
    import_sources,
    rule_changes,
    authors,
    letters,
)

TYPES: tuple[RecordType, ...] = tuple(
    declared
    for module in _MODULES
    for declared in record_types()
    if declared.cls.__module__ == module.__name__
)
"""Every record type of the registers, in the order of the navigation."""
