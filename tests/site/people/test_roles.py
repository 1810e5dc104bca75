"""The table of roles and actions, and what is written from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.playbooks import frame as playbooks
from layouts.presets import frame as presets
from services.site.people.roles import OFFERED, OLDER, RIGHTS, Action, Role, who_may

SECURITY = Path(__file__).parents[3] / "docs" / "security.md"


def test_every_role_stands_in_the_table_and_may_look():
    assert set(RIGHTS) == set(Role)
    assert all(role.may(Action.LOOK) for role in Role)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_somebodys_and_every_admins(action):
    assert Role.ADMIN.may(action)
    assert who_may(action).endswith("admin")


def test_only_admins_manage_people_and_read_the_log():
    assert who_may(Action.PEOPLE) == who_may(Action.LOG) == "admin"


def test_the_roles_that_may_are_named_as_a_sentence_names_them_without_older_ones():
    assert who_may(Action.EXPORT) == "marketer or admin"
    assert who_may(Action.PLAYBOOKS) == "marketer, analyst or admin"
    assert set(OFFERED) | OLDER == set(Role)


def test_the_document_has_the_table_as_it_is():
    rows = [
        " | ".join(["| may", *Role]) + " |",
        "|---" * (len(Role) + 1) + "|",
        *(
            " | ".join([f"| {action}", *("yes" if role.may(action) else "–" for role in Role)]) + " |"
            for action in Action
        ),
    ]
    assert "\n".join(rows) in SECURITY.read_text(encoding="utf-8")


def test_pages_name_roles_that_may_do_what_they_speak_of():
    assert "the role marketer or analyst;" in playbooks.signed("vic", may_change=False)
    assert "the role analyst;" in presets.signed("vic", may_change=False)
    assert Role.MARKETER.may(Action.PLAYBOOKS)
    assert Role.ANALYST.may(Action.PLAYBOOKS)
    assert Role.ANALYST.may(Action.PRESETS)
