"""Callbacks that save a playbook, go back to a version of it, and ask a language model for a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from layouts.ids import Playbooks, Shell
from layouts.parts import refusal
from layouts.plain import plain
from layouts.playbooks import cards
from layouts.playbooks.words import told
from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.serving.playbooks.ahead import ahead
from services.serving.playbooks.plans import KINDS, Group, group
from services.serving.playbooks.prompt import suggest
from services.site.people.audit import NOBODY
from services.site.versions.numbered import Overtaken
from services.site.versions.playbooks import TEXTS, SavedPlaybooks, Written
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
_FIELDS = {"goal": Playbooks.GOAL, "message": Playbooks.MESSAGE, "offer": Playbooks.OFFER}
_LINES = {
    "goal": Playbooks.GOAL_ERROR,
    "message": Playbooks.MESSAGE_ERROR,
    "offer": Playbooks.OFFER_ERROR,
    "author": Playbooks.AUTHOR_ERROR,
}


def register_editing(app: Dash, services: Services) -> None:
    """Attach the callbacks of the buttons to ``app``."""
    page = {"base": State(Playbooks.BASE, "data"), "release_id": State(Shell.RELEASE, "data")}
    author = State(Playbooks.AUTHOR, "value")

    def answer(duplicate: bool) -> Shown:
        return {
            "errors": {
                name: Output(line, "children", allow_duplicate=duplicate) for name, line in _LINES.items()
            },
            "refused": Output(Playbooks.SAVE_ERROR, "children", allow_duplicate=duplicate),
            "saved": Output(Playbooks.SAVED, "children", allow_duplicate=duplicate),
            "base": Output(Playbooks.BASE, "data", allow_duplicate=True),
            "revision": Output(Playbooks.REVISION, "data", allow_duplicate=duplicate),
        }

    @app.callback(
        output=answer(False),
        inputs={
            "clicks": Input(Playbooks.SAVE, "n_clicks"),
            "texts": {name: State(each, "value") for name, each in _FIELDS.items()},
            "author": author,
            "page": page,
        },
        running=[(Output(Playbooks.SAVE, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_save(clicks: int | None, texts: Shown, author: object, page: Shown) -> Shown:
        # Dash calls this too when the page's button appears
        if not clicks:
            return untouched()
        person = asking()
        return save(services, page, texts, person.name or author, person.account)

    @app.callback(
        output=answer(True),
        inputs={"clicks": Input(Playbooks.back(ALL), "n_clicks"), "author": author, "page": page},
        prevent_initial_call=True,
    )
    def on_back(clicks: list[int | None], author: object, page: Shown) -> Shown:
        # and this when the list of versions appears, after saving has said what it kept
        if not any(clicks) or not ctx.triggered_id:
            return untouched()
        person = asking()
        return go_back(services, page, ctx.triggered_id["index"], person.name or author, person.account)

    @app.callback(
        output={
            "refused": Output(Playbooks.SUGGEST_ERROR, "children"),
            "suggested": Output(Playbooks.SUGGESTED, "children"),
            "texts": Output(Playbooks.SUGGESTION, "data"),
        },
        inputs={"clicks": Input(Playbooks.SUGGEST, "n_clicks"), "page": page},
        running=[
            (Output(Playbooks.SUGGEST, "disabled"), True, False),
            (Output(Playbooks.WAITING, "hidden"), False, True),
        ],
        prevent_initial_call=True,
    )
    def on_suggest(clicks: int | None, page: Shown) -> Shown:
        return ask(services, page, clicks or 0)

    @app.callback(
        output={name: Output(each, "value", allow_duplicate=True) for name, each in _FIELDS.items()},
        inputs={
            "clicks": Input(Playbooks.take(ALL), "n_clicks"),
            "texts": State(Playbooks.SUGGESTION, "data"),
        },
        prevent_initial_call=True,
    )
    def on_take(clicks: list[int | None], texts: Shown | None) -> Shown:
        if not texts or not any(clicks):
            return dict.fromkeys(TEXTS, no_update)
        return {name: texts[name] for name in TEXTS}


def save(services: Services, page: Shown, texts: Shown, author: object, who: str = NOBODY) -> Shown:
    """Keep the texts as a new version, or say why not, beside the field it belongs to.

    Parameters
    ----------
    services : Services
    page : dict
        ``base`` and ``release_id`` of the page.
    texts : dict
        ``goal``, ``message`` and ``offer`` as typed.
    author : object
    who : str
        Who saves, for the audit log.
    """
    base = page["base"] or {}
    try:
        release, found = _open(services, page)
        saved = SavedPlaybooks(services.state, who)
        written = saved.save(found.subject(release.preset.id), texts, author, _seen(base))
        return _kept(found, written)
    except Overtaken as overtaken:
        number = overtaken.latest.version
        kept = _(
            "Your text is still in the fields; nothing is lost. Compare the two, then press Save again to "
            "make yours version {n}.",
            n=number + 1,
        )
        said = Refusal(f"{overtaken} {kept}", "save")
        theirs = plain(cards.meanwhile(overtaken.latest))
        return _refused(said) | {"saved": theirs, "base": base | {"seen": number}}
    except Refusal as refused:
        return _refused(refused)


def go_back(services: Services, page: Shown, version: object, author: object, who: str = NOBODY) -> Shown:
    """Make a new version equal to an earlier one, or say why not."""
    number = version if isinstance(version, int) else 0
    try:
        release, found = _open(services, page)
        subject = found.subject(release.preset.id)
        seen = _seen(page["base"] or {})
        saved = SavedPlaybooks(services.state, who)
        return _kept(found, saved.go_back(subject, number, author, seen))
    except Overtaken as overtaken:
        reload = _("Reload the page to see it before you go back.")
        return _refused(Refusal(f"{overtaken} {reload}", "save"))
    except Refusal as refused:
        return _refused(refused)


def ask(services: Services, page: Shown, number: int) -> Shown:
    """Ask the language model for another text; nothing is kept.

    Parameters
    ----------
    services : Services
    page : dict
        ``base`` and ``release_id`` of the page.
    number : int
        Of the question; 0 asks nothing.
    """
    nothing: Shown = {"refused": [], "suggested": [], "texts": None}
    model = services.settings.language_model
    if not number or model is None:
        return nothing
    try:
        release, found = _open(services, page)
        unit = release.overview.axes["frequency"].unit
        texts = suggest(model, found, told(found, unit, ahead(release, found)))
    except Refusal as refused:
        return nothing | {"refused": plain(refusal(str(refused)))}
    return nothing | {"suggested": plain(cards.suggestion(texts, number)), "texts": texts}


def _open(services: Services, page: Shown) -> tuple[Loaded, Group]:
    base = page["base"] or {}
    release = services.releases.at(page["release_id"])
    kind = next((each for each in KINDS if each == base.get("kind")), None)
    if kind is None:
        raise NotFound(_("Choose a playbook from the list first."), "save")
    return release, group(release, kind, str(base.get("id")))


def _seen(base: Shown) -> int:
    seen = base.get("seen")
    return seen if isinstance(seen, int) else 0


def untouched() -> Shown:
    """Return an answer that changes nothing on the page."""
    names = ("refused", "saved", "base", "revision")
    return {"errors": dict.fromkeys(_LINES, no_update), **dict.fromkeys(names, no_update)}


def _answer(**changed: Any) -> Shown:
    empty: Shown = {"errors": {name: [] for name in _LINES}, "refused": [], "saved": []}
    return untouched() | empty | changed


def _refused(refused: Refusal) -> Shown:
    said = plain(refusal(str(refused)))
    if refused.field in _LINES:
        return _answer(errors={name: said if name == refused.field else [] for name in _LINES})
    return _answer(refused=said)


def _kept(found: Group, written: Written) -> Shown:
    return _answer(saved=plain(cards.receipt(written)), revision=f"{found.kind}:{found.id}@{written.version}")
