"""What rows of the audit log hold in a word or a few of English, in the reader's language."""

from __future__ import annotations

from services.core.language.messages import later, sense
from services.site.people.audit import What
from services.site.people.roles import Action, Role


def what_said(kept: str) -> str:
    """Name what a row is about.

    Parameters
    ----------
    kept : str
        A value of ``What``, as rows hold it.
    """
    named = {
        What.SIGN_IN: sense("log", "sign-in"),
        What.SIGN_OUT: sense("log", "sign-out"),
        What.LOOK_UP: sense("log", "look-up"),
        What.LIST: sense("log", "list"),
        What.EXPORT: sense("log", "export"),
        What.ACCOUNT: sense("log", "account"),
        What.ACTIVATION: sense("log", "activation"),
        What.PRESET: sense("log", "preset"),
        What.PLAYBOOK: sense("log", "playbook"),
        What.AUDIENCE: sense("log", "audience"),
        What.TRAINING: sense("log", "training"),
        What.JOB: sense("log", "job"),
        What.BACKUP: sense("log", "backup"),
        What.OPT_OUT: sense("log", "opt-out"),
        What.CONTACTS: sense("log", "contacts"),
        What.NOTE: sense("log", "note"),
        What.ERASURE: sense("log", "erasure"),
        What.LEDGER: sense("log", "ledger"),
        What.DIGEST: sense("log", "digest"),
        What.PUSH: sense("log", "push"),
        What.VIEW: sense("log", "view"),
        What.REFUSED: sense("log", "refused"),
    }
    return named[What(kept)]


_RESULTS = {
    each.text: each
    for each in (
        later("done"),
        later("failed"),
        later("not found"),
        later("too many tries"),
        later("provider away"),
        later("e-mail not verified"),
        later("locked"),
        later("in no group"),
        later("no name"),
        later("name taken"),
        later("signs in with the provider"),
        later("password: too many tries"),
        later("password not changed"),
        later("password changed"),
        later("session ended"),
        later("other sessions ended"),
        later("sessions ended"),
        later("disabled"),
        later("enabled"),
        later("reset"),
        later("revoked"),
        later("added"),
        later("saved"),
        later("renamed"),
        later("removed"),
        later("deleted"),
        later("expired"),
        later("made"),
        later("restored"),
        later("asked for"),
        later("cancelled"),
        later("stopped"),
        later("sent"),
        later("not activated"),
    )
}
"""What is written of more than one row in the same words."""
_ADDED = later("added, {role}")
_GIVEN = later("role {role}")
_REFUSED = later("may not {action}")


def shown(kept: str) -> str:
    """Say how something ended; what was written with a name or a number in it is shown as it was written."""
    if kept in _RESULTS:
        return _RESULTS[kept]()
    for role in Role:
        for said in (_ADDED, _GIVEN):
            if kept == said.text.format(role=role):
                return said(role=role.said)
    for action in Action:
        if kept == _REFUSED.text.format(action=action):
            return _REFUSED(action=action.said)
    return kept
