from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import links_of, parts_of, type_named
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput

ACCOUNT = "account"
"""Accounts are kept by the store, not in a register."""

every_type = pytest.mark.parametrize("declared", TYPES, ids=lambda declared: declared.name)


@every_type
class TestEveryType:
    def test_has_a_section_and_a_label_for_each_typed_field(self, declared):
        for field in declared.typed_fields:
            assert field.label, field.name
            assert field.section, field.name

    def test_has_labels_that_tell_its_fields_apart(self, declared):
        labels = [(field.section, field.label) for field in declared.typed_fields]
        assert len(labels) == len(set(labels))

    def test_links_only_to_declared_types(self, declared):
        known = {each.name for each in TYPES} | {ACCOUNT}
        for field in declared.fields:
            assert set(field.to) <= known, field.name
            assert bool(field.to) is field.is_link, field.name

    def test_has_a_title_that_is_one_of_its_fields(self, declared):
        assert not declared.title or declared.has(declared.title)

    def test_fits_its_list_on_a_small_screen(self, declared):
        assert sum(field.listed for field in declared.listed_fields) <= 60

    def test_has_choices_with_distinct_codes_and_labels(self, declared):
        for field in declared.fields:
            assert (field.choices is not None) is (field.kind in (Kind.CHOICE, Kind.CHOICES))
            members = list(field.choices or ())
            assert len({each.label for each in members}) == len(members)

    def test_names_days_and_amounts_by_their_unit(self, declared):
        for field in declared.fields:
            if field.kind is Kind.MONEY:
                assert field.name.endswith("_fen"), field.name
            if field.kind is Kind.LINK and not field.managed:
                assert field.name.endswith("_id"), field.name
            if field.kind is Kind.LINKS:
                assert field.name.endswith("_ids"), field.name

    def test_is_linked_to_its_owner_if_it_is_a_part(self, declared):
        if declared.part_of:
            owner = declared.field(f"{declared.part_of}_id")
            assert owner.to == (declared.part_of,)
            assert owner.required

    def test_may_be_kept_when_every_field_is_filled_in(self, declared, filled):
        check(filled(declared))

    def test_may_not_be_kept_while_a_required_field_is_empty(self, declared, filled):
        for field in declared.fields:
            if field.required:
                with pytest.raises(InvalidInput) as refusal:
                    check(filled(declared, **{field.name: field.empty}))
                assert refusal.value.field == field.name

    def test_may_not_carry_a_state_secret_in_any_text(self, declared, filled):
        for field in declared.fields:
            if field.is_text:
                with pytest.raises(InvalidInput, match="国家秘密") as refusal:
                    check(filled(declared, **{field.name: "机密★10年"}))
                assert refusal.value.field == field.name

    def test_never_publishes_what_is_sensitive(self, declared):
        for field in declared.fields:
            assert not (field.sensitive and field.published), field.name


def test_running_numbers_tell_the_registers_apart():
    prefixes = [declared.prefix for declared in TYPES if declared.prefix]
    assert len(prefixes) == len(set(prefixes))


def test_there_is_at_most_one_companion_for_each_owner():
    owners = [declared.part_of for declared in TYPES if declared.companion]
    assert len(owners) == len(set(owners))


def test_reporter_data_are_apart_from_the_complaint_and_never_travel():
    reporter = type_named("reporter")
    assert reporter in parts_of("complaint")
    assert reporter.restricted
    assert not reporter.synced
    assert not any(field.searched or field.published for field in reporter.typed_fields)
    assert not any(field.kind is Kind.PHONE for field in type_named("complaint").fields)


def test_a_sealed_item_has_no_field_for_its_content():
    sealed = type_named("sealed_item")
    assert not any(field.kind is Kind.LONG_TEXT for field in sealed.fields)
    assert "sealed_item" not in type_named("attachment").field("owner_id").to


def test_links_of_yields_each_link_that_is_filled_in(filled):
    complaint = filled("complaint", recused_ids=("a" * 32, "b" * 32), about_commitment_id="")
    found = [(field.name, target) for field, target in links_of(complaint)]
    assert ("recused_ids", "b" * 32) in found
    assert "about_commitment_id" not in dict(found)


def test_a_record_is_known_by_its_title_or_else_its_number(filled):
    declared = type_named("commitment")
    assert declared.title_of(filled(declared, subject="三日内办结")) == "三日内办结"
    assert declared.title_of(filled(declared, subject="", number="诺2026-1")) == "诺2026-1"


def test_only_numbered_types_list_a_number():
    assert "number" in [field.name for field in type_named("commitment").listed_fields]
    assert "number" not in [field.name for field in type_named("person").listed_fields]
