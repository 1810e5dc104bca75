"""What the page shows for an address: the files sent, or one of them at a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callbacks.imports.asked import Asked, asked
from layouts.data.words import ROLES
from layouts.imports import placing
from layouts.imports import words as said
from layouts.imports.frame import SUB
from layouts.imports.links import COLUMNS, PLACE, QUESTIONS, address, within
from layouts.imports.questions import questions
from layouts.imports.steps import FILE, TRAIN, steps
from layouts.imports.understood import onward, understood
from layouts.imports.waiting import waiting
from layouts.parts import card, empty, grid
from layouts.plain import plain
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.ledger import Ledger
from services.site.people.roles import Action
from services.site.uploads import Upload, Uploads
from services.web.uploads.looking import LATER, look

if TYPE_CHECKING:
    from services.desk import Services
    from services.web.access.asking import Asking

Shown = dict[str, Any]
INSPECT = ("inspect", "--json", "--try-choices")
COMPARE = ("ledger", "compare", "--json")
_OF_TABLES = ("recency", "frequency", "monetary")
ALIKE = ("ledger", "alike", "--json")


def show(services: Services, search: str | None, who: Asking) -> Shown:
    """Return the page for an address.

    Parameters
    ----------
    services : Services
    search : str or None
        ``?file=ID&step=questions&date_order=dmy``; without a file the first step.
    who : Asking
        Who reads: others' uploads are not found.
    """
    if not who.may(Action.DATA):
        return _page(body=plain(_said(_("Bring a file"), said.VIEWERS())))
    place = asked(search)
    if place.added is not None:
        return _added(services, place.added, who)
    if place.file is None:
        return _first(services, who)
    uploads = Uploads(services.settings.state_dir)
    try:
        upload = uploads.one(place.file, who.account)
    except Refusal as refused:
        told = _said(_("There is no such file"), str(refused))
        return _page(steps=plain(steps(COLUMNS)), body=plain(told))
    page = _page(remove_hidden=False, sub=said.sent(upload.name, upload.sent_at))
    return page | _file(services, upload, place)


def _first(services: Services, who: Asking) -> Shown:
    settings = services.settings
    listed = waiting(Uploads(settings.state_dir).of(who.account))
    return _page(
        steps=plain(steps(FILE)),
        file_hidden=False,
        limit=said.limit(settings.max_upload_mb),
        most=str(settings.max_upload_mb),
        waiting=plain(listed),
    )


def _file(services: Services, upload: Upload, place: Asked) -> Shown:
    """Return what is understood of a file, or what keeps it from being understood."""
    alike: Any = None
    try:
        alike = None if place.answers or place.new else _alike(services, upload)
        answers = alike["answers"] if alike else place.answers
        found = look(services.settings.state_dir, upload, INSPECT, answers)
        asks = bool(found["questions"])
        if place.step == PLACE and not asks:
            return _placing(services, upload, answers)
    except Refusal as refused:
        if alike and refused.field != LATER:  # what was said of the file before does not fit this one
            return _file(services, upload, replace(place, new=True))
        heading = _("Not yet") if refused.field == LATER else _("The file cannot be read")
        again = (
            within(_("Read it without your answers"), address(upload.id), "sd-btn") if place.answers else None
        )
        return {"steps": plain(steps(COLUMNS)), "body": plain(_said(heading, str(refused), again))}
    here = QUESTIONS if place.step == PLACE else place.step
    line = plain(steps(here, upload.id, answers, [COLUMNS, QUESTIONS, *([] if asks else [PLACE])]))
    if here == QUESTIONS:
        body = questions(upload.id, found, answers)
    else:
        name, to = (_("Answer it"), QUESTIONS) if asks else (_("Add or replace"), PLACE)
        body = understood(upload.id, found, answers, onward(name, address(upload.id, to, answers)), alike)
    return {"steps": line, "body": plain(body)} | _roles(found, address(upload.id, here, answers))


def _alike(services: Services, upload: Upload) -> Any:
    """Return the last file with the same header, where any file was read otherwise than by itself."""
    state_dir = services.settings.state_dir
    if not any(entry.header and entry.reading for entry in Ledger(state_dir).entries()):
        return None
    return look(state_dir, upload, ALIKE, {})


def _placing(services: Services, upload: Upload, answers: Shown) -> Shown:
    """Return the file beside the ledger, with the buttons."""
    state_dir = services.settings.state_dir
    ledger = Ledger(state_dir)
    line = plain(steps(PLACE, upload.id, answers, [COLUMNS, QUESTIONS, PLACE]))
    there, entries = ledger.holding(upload.digest), ledger.entries()
    if there:
        others = len(entries) - 1
        return {
            "steps": line,
            "body": plain(placing.known(there)),
            "placing_hidden": not others,
            "add_hidden": True,
            "replace_hint": placing.alone(there, others),
            "replace_hidden": not others,
        }
    state = [entry.digests[-1] for entry in entries]
    compared = look(state_dir, upload, COMPARE, answers, beside=state)
    add, alone = placing.hints(compared, answers)
    return {
        "steps": line,
        "body": plain(placing.beside(compared)),
        "placing_hidden": False,
        "add_hint": add,
        "replace_hint": alone if entries else "",
        "replace_hidden": not entries,
    }


def _added(services: Services, added: str, who: Asking) -> Shown:
    """Return what stands after a file was added."""
    entries = Ledger(services.settings.state_dir).entries()
    entry = next((each for each in entries if each.id == added), None)
    uploads = Uploads(services.settings.state_dir).of(who.account)
    body = placing.added(entry, len(entries), uploads) if entry else placing.unknown()
    return _page(steps=plain(steps(TRAIN)), body=plain(body))


def _roles(found: Shown, here: str) -> Shown:
    """Return the choices of the form that gives a role to another column."""
    names = list(dict.fromkeys([each["column"] for each in found["roles"]] + found["ignored"]["columns"]))
    if not names:
        return {}
    return {
        "roles_hidden": False,
        "address": here,
        "roles": [{"value": role, "label": name()} for role, name in ROLES.items() if role not in _OF_TABLES],
        "columns": [{"value": name, "label": name or _("(no name)")} for name in names if name]
        + [{"value": "-", "label": _("No column")}],
    }


def _said(heading: str, sentence: str, action: Any = None) -> Any:
    return grid([card(heading, None, empty(heading, sentence, action))])


def _page(**shown: Any) -> Shown:
    """Return a page that shows nothing but what is given."""
    nothing: Shown = {
        "sub": SUB(),
        "remove_hidden": True,
        "steps": [],
        "file_hidden": True,
        "limit": "",
        "most": "",
        "waiting": [],
        "body": [],
        "roles_hidden": True,
        "address": "",
        "roles": [],
        "columns": [],
        "placing_hidden": True,
        "refused": [],
        "add_hidden": False,
        "add_hint": "",
        "replace_hint": "",
        "replace_hidden": True,
    }
    return nothing | shown
