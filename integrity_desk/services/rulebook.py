"""The modules that guard, follow and suggest: importing this one makes all of them known.

The desk imports it, so whatever is done or asked goes by every rule; a module that is missing here
would be a rule that holds only where somebody happened to import it, and a test refuses that.
"""

from __future__ import annotations

from integrity_desk.services import (
    consequences,
    court_lists,
    evaluation_rules,
    firewall,
    gate_memory,
    integrity_rules,
    joining,
    notice_items,
    notice_recalls,
    notices_about,
    person_merging,
    posts_held,
    question_guards,
    suggested_measures,
    suggested_notices,
    suggested_records,
    training_rules,
)

__all__ = [
    "consequences",
    "court_lists",
    "evaluation_rules",
    "firewall",
    "gate_memory",
    "integrity_rules",
    "joining",
    "notice_items",
    "notice_recalls",
    "notices_about",
    "person_merging",
    "posts_held",
    "question_guards",
    "suggested_measures",
    "suggested_notices",
    "suggested_records",
    "training_rules",
]
