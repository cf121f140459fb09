"""The page that tells a stranger how to see each promise kept names only what is there."""

from __future__ import annotations

import re

from integrity_desk.cli.main import _parser
from tests.architecture.source_files import ROOT

PAGE = (ROOT / "docs" / "checks.md").read_text("utf-8")


def test_every_path_it_names_is_there():
    named = re.findall(r"`((?:tests|tools|docs|requirements)/[\w./-]+)`", PAGE)
    assert len(named) > 60
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_link_leads_to_a_page():
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_every_command_it_types_is_one():
    typed = re.findall(r"`desk ([^`]+)`", PAGE)
    assert len(typed) >= 5
    for words in typed:
        _parser().parse_args(words.split())


def test_contributors_are_led_to_it():
    assert "docs/checks.md" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
