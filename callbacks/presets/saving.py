"""Callbacks that save a version of a preset and go back to an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.presets.view import Typed, opened_base, typed
from layouts import words
from layouts.ids import Presets, Shell
from layouts.parts import refusal
from layouts.plain import plain
from layouts.presets import versions as versioning
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.presets.editor import drafted
from services.site.versions.numbered import Overtaken
from services.site.versions.presets import Saved, Signed
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
_LINES = {"name": Presets.NAME_ERROR, "author": Presets.AUTHOR_ERROR, "note": Presets.NOTE_ERROR}


def register_saving(app: Dash, services: Services, fields: Shown, places: Shown) -> None:
    """Attach the callbacks of the buttons to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    fields, places : dict
        Dependencies of the fields and of their ids, by kind.
    """
    signed = {"author": State(Presets.AUTHOR, "value"), "note": State(Presets.NOTE, "value")}
    page = {
        "base": State(Presets.BASE, "data"),
        "release_id": State(Shell.RELEASE, "data"),
        "search": State(Shell.ADDRESS, "search"),
    }

    def answer(duplicate: bool) -> Shown:
        return {
            "errors": {
                name: Output(line, "children", allow_duplicate=duplicate) for name, line in _LINES.items()
            },
            "refused": Output(Presets.SAVE_ERROR, "children", allow_duplicate=duplicate),
            "saved": Output(Presets.SAVED, "children", allow_duplicate=duplicate),
            "base": Output(Presets.BASE, "data", allow_duplicate=True),
            "revision": Output(Presets.REVISION, "data", allow_duplicate=duplicate),
            "search": Output(Shell.ADDRESS, "search", allow_duplicate=True),
            "note": Output(Presets.NOTE, "value", allow_duplicate=duplicate),
        }

    @app.callback(
        output=answer(False),
        inputs={
            "clicks": Input(Presets.SAVE, "n_clicks"),
            "fields": {kind: State(each.component_id, "value") for kind, each in fields.items()},
            "places": places,
            "name": State(Presets.NAME, "value"),
            "signed": signed,
            "page": page,
        },
        running=[(Output(Presets.SAVE, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_save(
        clicks: int | None, fields: Shown, places: Shown, name: Any, signed: Shown, page: Shown
    ) -> Shown:
        # Dash calls this too when the page's button appears
        if not clicks:
            return untouched()
        return save(services, page, typed(fields, places), name, signature(signed))

    @app.callback(
        output=answer(True),
        inputs={"clicks": Input(Presets.back(ALL), "n_clicks"), "signed": signed, "page": page},
        prevent_initial_call=True,
    )
    def on_back(clicks: list[int | None], signed: Shown, page: Shown) -> Shown:
        # and this when the list of versions appears, under what saving has just answered
        if not any(clicks) or not ctx.triggered_id:
            return untouched()
        return go_back(services, page, ctx.triggered_id["index"], signature(signed))


def signature(typed: Shown) -> Signed:
    """Return who saves and why: whoever is signed in, whatever stands in the author's field."""
    account = asking().name
    return Signed(account or typed["author"], typed["note"], account)


def save(services: Services, page: Shown, values: Typed, name: object, signed: Signed) -> Shown:
    """Keep what is typed as a new version, or say why not, beside the field it belongs to.

    Parameters
    ----------
    services : Services
    page : dict
        ``base``, ``release_id`` and ``search`` of the page.
    values : dict
        From :func:`callbacks.presets.view.typed`.
    name : object
        Of the preset.
    signed : Signed
    """
    base = page["base"] or {}
    try:
        release = services.releases.at(page["release_id"])
        draft = drafted(opened_base(services, release, base), values, words.written())
        if draft.preset is None:
            return _refused(Refusal(_("Correct the marked fields first; nothing was saved."), "save"))
        return _kept(page, services.presets.save(draft.preset, name, signed, _seen(base)))
    except Overtaken as overtaken:
        number = overtaken.latest.preset.version or 0
        more = _(
            "Your changes are still in the fields; nothing is lost. Look at that version in another browser "
            "tab, or press Save again to make yours version {version}.",
            version=number + 1,
        )
        return _refused(Refusal(f"{overtaken} {more}", "save")) | {"base": base | {"seen": number}}
    except Refusal as refused:
        return _refused(refused)


def go_back(services: Services, page: Shown, version: object, signed: Signed) -> Shown:
    """Make a new version equal to an earlier one of the preset that is open, or say why not."""
    base = page["base"] or {}
    try:
        number = version if isinstance(version, int) else 0
        return _kept(page, services.presets.go_back(str(base.get("preset")), number, signed, _seen(base)))
    except Overtaken as overtaken:
        more = _("Reload the page to see it before you go back.")
        return _refused(Refusal(f"{overtaken} {more}", "save"))
    except Refusal as refused:
        return _refused(refused)


def _seen(base: Shown) -> int:
    seen = base.get("seen")
    return seen if isinstance(seen, int) else 0


def untouched() -> Shown:
    """Return an answer that changes nothing on the page."""
    names = ("refused", "saved", "base", "revision", "search", "note")
    return {"errors": dict.fromkeys(_LINES, no_update), **dict.fromkeys(names, no_update)}


def _answer(**changed: Any) -> Shown:
    empty: Shown = {"errors": {name: [] for name in _LINES}, "refused": [], "saved": []}
    return untouched() | empty | changed


def _refused(refused: Refusal) -> Shown:
    said = plain(refusal(str(refused)))
    if refused.field in _LINES:
        return _answer(errors={name: said if name == refused.field else [] for name in _LINES})
    return _answer(refused=said)


def _kept(page: Shown, saved: Saved) -> Shown:
    preset = saved.preset
    search = versioning.address("", preset.id)
    return _answer(
        saved=plain(versioning.receipt(saved)),
        revision=f"{preset.id}@{preset.version}",
        note="",
        search=no_update if page["search"] == search else search,
    )
