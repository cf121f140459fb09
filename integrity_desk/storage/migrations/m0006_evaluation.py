"""Evaluation, training, pledges and inquiries."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create

_TABLES = {
    "evaluation_scheme": (
        "number:T state:T entered_by:T entered_at:T desk:T title:T organiser_id:T basis:T "
        "from_on:T until_on:T unit_ids:T previous_id:T excellent_from:I good_from:I "
        "passing_from:I return_reason:T publicity_from:T publicity_until:T decided_on:T "
        "decision_document:T computed_on:T",
        "number state title organiser_id from_on until_on previous_id",
    ),
    "indicator": (
        "number:T state:T entered_by:T entered_at:T desk:T evaluation_scheme_id:T name:T "
        "source:T formula:T weight:I veto:I veto_above:I full_at:I zero_at:I scorer:T",
        "evaluation_scheme_id",
    ),
    "evaluation_result": (
        "number:T state:T entered_by:T entered_at:T desk:T evaluation_scheme_id:T unit_id:T "
        "unit_name:T total_hundredths:I previous_hundredths:I rank:I grade:T veto_reason:T",
        "",
    ),
    "indicator_score": (
        "number:T state:T entered_by:T entered_at:T desk:T evaluation_result_id:T "
        "indicator_id:T indicator_name:T value_hundredths:I points_hundredths:I hit_ids:T "
        "missed_ids:T given_by:T note:T",
        "",
    ),
    "evaluation_objection": (
        "number:T state:T entered_by:T entered_at:T desk:T evaluation_scheme_id:T unit_id:T "
        "received_on:T reason:T finding:T finding_note:T decided_on:T",
        "evaluation_scheme_id unit_id",
    ),
    "training": (
        "number:T state:T entered_by:T entered_at:T desk:T topic:T kind:T held_on:T hours:I "
        "place:T teacher:T organiser_id:T content:T cancellation_reason:T",
        "number state topic kind held_on hours place teacher organiser_id",
    ),
    "attendance": (
        "number:T state:T entered_by:T entered_at:T desk:T training_id:T person_id:T "
        "presence:T reason:T made_up_on:T person_name:T unit_id:T",
        "training_id person_id",
    ),
    "pledge": (
        "number:T state:T entered_by:T entered_at:T desk:T subject_id:T subject_name:T "
        "unit_id:T template:T occasion:T issued_on:T signed_on:T witness:T void_reason:T",
        "number state subject_id template occasion issued_on signed_on",
    ),
    "inquiry": (
        "number:T state:T entered_by:T entered_at:T desk:T asked_by:T purpose:T "
        "purpose_note:T authority:T asked_on:T subject_ids:T keep_until:T keep_rule:T",
        "number asked_by purpose authority asked_on",
    ),
    "inquiry_result": (
        "number:T state:T entered_by:T entered_at:T desk:T inquiry_id:T subject_id:T "
        "subject_name:T in_force:I disputed:I ended:I trustworthy:I told:T",
        "",
    ),
    "credit_report": (
        "number:T state:T entered_by:T entered_at:T desk:T inquiry_id:T version:I code:T "
        "pages:I sha256:T printed_by:T printed_at:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """Evaluation, training, pledges and inquiries."""
    create(database, _TABLES)
