"""The table of every record type: one column per declared field."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create

_TABLES = {
    "commitment": (
        "number:T state:T entered_by:T entered_at:T desk:T subject:T kind:T service_area:T "
        "key_area:T content:T target:T beneficiary:T basis:T unit_id:T person_id:T "
        "stand_in_id:T made_on:T due_on:T amount_fen:I publication:T publication_reason:T "
        "reported_on:T fulfilment_report:T judged_on:T judgement:T reopening_reason:T "
        "change_ground:T change_facts:T change_authority:T change_procedure:T "
        "change_document:T changed_on:T change_compensation:T change_compensation_fen:I "
        "withdrawal_ground:T withdrawal_note:T",
        "number state subject kind service_area key_area unit_id person_id stand_in_id "
        "due_on publication",
    ),
    "progress_entry": (
        "number:T state:T entered_by:T entered_at:T desk:T commitment_id:T reported_on:T "
        "content:T percent:I reported_by_id:T obstacle:T",
        "commitment_id reported_by_id",
    ),
    "stage_duty": (
        "number:T state:T entered_by:T entered_at:T desk:T commitment_id:T stage:T unit_id:T "
        "person_id:T duty:T from_on:T until_on:T handover:T",
        "commitment_id unit_id person_id",
    ),
    "instalment": (
        "number:T state:T entered_by:T entered_at:T desk:T commitment_id:T sequence:I "
        "due_on:T amount_fen:I paid_fen:I paid_on:T note:T",
        "commitment_id",
    ),
    "complaint": (
        "number:T state:T entered_by:T entered_at:T desk:T channel:T source_number:T "
        "received_on:T first_asked_id:T due_on:T due_rule:T due_provisional:I subject:T "
        "matter:T facts:T demand:T about_unit_id:T about_person_id:T about_commitment_id:T "
        "about_others:T service_area:T key_area:T accepted_on:T refusal_reason:T "
        "right_channel:T refused_on:T referred_to:T referred_on:T referral_receipt:T "
        "returned_to:T return_reason:T returned_on:T handler_unit_id:T handler_id:T "
        "stand_in_id:T recused_ids:T extended_to:T extension_reason:T extension_told_on:T "
        "suspension_ground:T suspended_on:T resumed_on:T found_on:T finding:T explanation:T "
        "rectification:T rectification_order_id:T reported_to:T reported_on:T answered_on:T "
        "answer_manner:T answer:T closed_on:T satisfaction:T satisfaction_note:T "
        "reopening_reason:T",
        "number state channel received_on first_asked_id subject matter about_unit_id "
        "about_person_id about_commitment_id service_area key_area handler_unit_id "
        "handler_id stand_in_id rectification_order_id satisfaction",
    ),
    "reporter": (
        "number:T state:T entered_by:T entered_at:T desk:T complaint_id:T kind:T name:T "
        "citizen_id:T phone:T email:T address:T relation:T",
        "complaint_id",
    ),
    "sealed_item": (
        "number:T state:T entered_by:T entered_at:T desk:T received_on:T channel:T "
        "envelope_mark:T seal:T handed_to:T handed_on:T handed_by_id:T receipt:T "
        "receipted_on:T",
        "number state received_on channel envelope_mark handed_to handed_on handed_by_id",
    ),
    "proposal": (
        "number:T state:T entered_by:T entered_at:T desk:T kind:T official_number:T "
        "session:T proposer:T title:T content:T service_area:T key_area:T received_on:T "
        "due_on:T lead_unit_id:T joint_unit_ids:T handler_id:T return_reason:T answered_on:T "
        "answer:T answer_document:T settlement:T publication:T publication_reason:T "
        "satisfaction:T satisfaction_note:T redo_reason:T",
        "number state kind official_number proposer title service_area key_area received_on "
        "due_on lead_unit_id handler_id settlement satisfaction",
    ),
    "question": (
        "number:T state:T entered_by:T entered_at:T desk:T question:T detail:T asked_by:T "
        "asked_through:T asked_on:T service_area:T key_area:T answer_unit_id:T due_on:T "
        "answer:T answered_on:T notice_id:T exemptions:T decline_reason:T satisfaction:T "
        "satisfaction_note:T reopening_reason:T",
        "number state question asked_by asked_through asked_on service_area key_area "
        "answer_unit_id due_on notice_id satisfaction",
    ),
    "integrity_record": (
        "number:T state:T entered_by:T entered_at:T desk:T subject_id:T nature:T kind:T "
        "subject:T facts:T severity:T key_area:T document_number:T organ:T decided_on:T "
        "effective_on:T expires_on:T sanction:T sanction_rule:T sanction_until:T "
        "sanction_lifted_on:T lifting_document:T source_kind:T source_id:T self_corrected:I "
        "self_correction:T court:T case_number:T court_listed_on:T obligation:T "
        "obligation_fen:I settle_due_on:T performance:T court_removed_on:T publication:T "
        "publication_reason:T published_from:T published_until:T review_opinion:T ended_on:T "
        "ending_reason:T ending_document:T repair_id:T replaced_by_id:T",
        "number state subject_id nature kind subject severity key_area decided_on "
        "source_kind source_id performance publication repair_id replaced_by_id",
    ),
    "measure": (
        "number:T state:T entered_by:T entered_at:T desk:T record_id:T kind:T content:T "
        "basis:T decided_by_id:T decision_document:T executed_by_id:T from_on:T until_on:T "
        "waiver_reason:T objection_id:T suspended_on:T resumed_on:T ended_on:T "
        "ending_reason:T repair_id:T restoration_id:T",
        "number state record_id kind decided_by_id executed_by_id from_on until_on "
        "objection_id repair_id restoration_id",
    ),
    "objection": (
        "number:T state:T entered_by:T entered_at:T desk:T record_id:T applicant:T phone:T "
        "reason:T demand:T received_on:T handler_id:T finding:T finding_reason:T "
        "decided_on:T told_on:T told_how:T withdrawn_on:T",
        "number state record_id applicant demand received_on handler_id finding",
    ),
    "repair": (
        "number:T state:T entered_by:T entered_at:T desk:T record_id:T applicant:T phone:T "
        "applied_on:T grounds:T corrected_on:T correction:T effect_removed:I "
        "effect_removal:T published_at_least_until:T pledge:I accepted_on:T supplement:T "
        "supplemented_on:T decided_on:T decision_document:T decision_reason:T effective_on:T "
        "withdrawn_on:T",
        "number state record_id applicant applied_on effective_on",
    ),
    "rectification_order": (
        "number:T state:T entered_by:T entered_at:T desk:T unit_id:T person_id:T problem:T "
        "demand:T basis:T key_area:T source_id:T issued_on:T due_on:T explanation:T result:T "
        "reported_on:T checked_on:T check_result:T escalation:T cancellation_reason:T",
        "number state unit_id person_id problem key_area source_id issued_on due_on",
    ),
    "notice": (
        "number:T state:T entered_by:T entered_at:T desk:T title:T kind:T issuer_id:T lead:T "
        "item_ids:T body:T place:T from_on:T until_on:T contact:T phone:T state_secret:T "
        "forbidden:T danger:T third_party:T internal:T process:T case_file:T redaction:T "
        "publication_ground:T review_opinion:T posted_on:T posted_by_id:T taken_down_on:T "
        "feedback:T withdrawal_reason:T",
        "number state title kind issuer_id from_on until_on posted_by_id",
    ),
    "printed_sheet": (
        "number:T state:T entered_by:T entered_at:T desk:T notice_id:T version:I code:T "
        "paper:T pages:I copies:I fonts:T printed_by:T printed_at:T sha256:T",
        "",
    ),
    "unit": (
        "number:T state:T entered_by:T entered_at:T desk:T name:T short_name:T kind:T "
        "credit_code:T credit_code_note:T parent_id:T principal:T contact:T phone:T "
        "address:T closed_on:T successor_id:T",
        "state name short_name kind parent_id principal phone successor_id",
    ),
    "person": (
        "number:T state:T entered_by:T entered_at:T desk:T name:T citizen_id:T "
        "citizen_id_note:T kind:T unit_id:T post:T rank:T started_on:T phone:T left_on:T "
        "left_to:T",
        "state name citizen_id kind unit_id post",
    ),
    "post_history": (
        "number:T state:T entered_by:T entered_at:T desk:T person_id:T unit_id:T post:T "
        "rank:T from_on:T until_on:T basis:T",
        "person_id unit_id",
    ),
    "annual_assessment": (
        "number:T state:T entered_by:T entered_at:T desk:T person_id:T year:I grade:T "
        "organ:T note:T",
        "person_id",
    ),
    "personal_matters_report": (
        "number:T state:T entered_by:T entered_at:T desk:T person_id:T year:I reported_on:T "
        "check_result:T handling:T",
        "person_id",
    ),
    "attachment": (
        "number:T state:T entered_by:T entered_at:T desk:T owner_id:T file_name:T purpose:T "
        "note:T media_type:T size_bytes:I sha256:T",
        "",
    ),
    "account": (
        "number:T state:T entered_by:T entered_at:T desk:T login:T name:T role:T unit_id:T "
        "person_id:T closed:I",
        "role unit_id person_id closed",
    ),
    "access": (
        "number:T state:T entered_by:T entered_at:T desk:T record_id:T field:T seen_by:T reason:T",
        "",
    ),
    "handout": (
        "number:T state:T entered_by:T entered_at:T desk:T register:T narrowed:T rows:I "
        "digest:T handed_by:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """Create the record tables."""
    create(database, _TABLES)
