"""What the editor of presets shows: plain functions, values in, components out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import no_update

from layouts import words
from layouts.parts import refusal
from layouts.plain import plain
from layouts.presets import form
from layouts.presets import frame as view
from layouts.presets import preview as previewing
from layouts.presets import versions as versioning
from services.core.language.messages import _, plural
from services.core.parameters import odd_on_page, with_values
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.core.text.addresses import query_of
from services.serving.presets.editor import cuts_of, drafted, editable, rule_of
from services.serving.presets.opening import Opened, base_of, choices, open_preset
from services.serving.presets.preview import Preview, preview
from services.site.people.roles import Action

if TYPE_CHECKING:
    from services.core.presets import Preset
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.web.access.asking import Asking

Shown = dict[str, Any]
Typed = dict[str, dict[str, Any]]
#: Kinds of fields that are typed into, and so can hold what is refused.
TYPED = ("cut", "name", "playbook", "threshold")


def show(services: Services, release_id: str | None, search: str | None, who: Asking) -> Shown:
    """Return the page for an address.

    Parameters
    ----------
    services : Services
    release_id : str or None
    search : str or None
        The address's query.
    who : Asking
    """
    try:
        release = services.releases.at(release_id)
    except ReleaseUnusable as fault:
        return _nothing(str(fault))
    library = services.presets
    asked = query_of(search, blanks=True)
    odd = [each.noted for each in odd_on_page(asked, ("preset", "version"))]
    opened = open_preset(library, release, with_values(asked))
    preset = opened.preset
    edits = editable(preset)
    version = preset.version if opened.versions else None
    if opened.versions:
        versions = versioning.listed(opened.versions, version, may_change=who.may(Action.PRESETS))
    else:
        versions = versioning.shipped(preset.name)
    fields, shares = _form(release, preset) if edits else ([view.fixed_by_clusters(preset.name)], {})
    return {
        "sub": _sub(release, preset, version),
        "options": [{"value": value, "label": label} for value, label in choices(library, release)],
        "chosen": preset.id,
        "bar_hidden": False,
        "train_hidden": not who.may(Action.TRAIN),
        "trained": [],
        "notes": plain(view.notes([*odd, *_notes(release, opened)])),
        "form": plain(fields),
        "versions": plain(versions),
        "download": versioning.address(versioning.FILE, preset.id, version),
        "name": preset.name if opened.versions else "",
        "save_hidden": not edits,
        "author_hidden": who.name is not None,
        "fields_hidden": not who.may(Action.PRESETS),
        "signed": view.signed(who.name, may_change=who.may(Action.PRESETS)),
        "base": {"preset": preset.id, "version": version, "seen": opened.seen} if edits else None,
        "found": shares,
    }


def _nothing(sentence: str) -> Shown:
    return {
        "sub": view.SUB(),
        "options": [],
        "chosen": None,
        "bar_hidden": True,
        "train_hidden": True,
        "trained": [],
        "notes": [],
        "form": plain(view.nothing(sentence)),
        "versions": [],
        "download": versioning.FILE,
        "name": "",
        "save_hidden": True,
        "author_hidden": False,
        "fields_hidden": True,
        "signed": "",
        "base": None,
        "found": None,
    }


def _sub(release: Loaded, preset: Preset, version: int | None) -> str:
    called = f"“{preset.name}”"
    if version:
        called = _("“{preset}”, version {version}", preset=preset.name, version=version)
    if groups := len(preset.segments.groups):
        called = plural(
            "{preset}, {n} segment", "{preset}, {n} segments", groups, n=words.number(groups), preset=called
        )
    return plural(
        "{preset}; tried on the {n} customer of this release.",
        "{preset}; tried on the {n} customers of this release.",
        release.count,
        n=words.number(release.count),
        preset=called,
    )


def _notes(release: Loaded, opened: Opened) -> list[str]:
    said = [opened.note] if opened.note else []
    preset = opened.preset
    if opened.versions and preset.version != opened.seen:
        said.append(
            _(
                "Version {version} is open, and {latest} is the latest; saving makes version {next}.",
                version=preset.version,
                latest=opened.seen,
                next=opened.seen + 1,
            )
        )
    if opened.versions and release.preset.id == preset.id and release.preset.version != preset.version:
        made = release.preset.version
        said.append(_("The site shows segments of version {version} until the next training.", version=made))
    return said


def _form(release: Loaded, preset: Preset) -> tuple[list[Any], Shown]:
    segments = preset.segments
    rows = [
        form.Row(group.id, group.name, group.playbook, group.at_least, rule_of(preset, place))
        for place, group in enumerate(segments.groups)
    ]
    cards: list[Any] = []
    cuts = cuts_of(release, preset, words.written())
    if cuts and preset.scoring:
        cards.append(form.cut_points(cuts.shown, list(preset.scoring.edges), preset.rfm.frequency))
    if segments.grid and preset.scoring:
        cards.append(form.segment_map(segments.grid, rows, preset.scoring.best == "high"))
    scored = segments.kind == "score"
    cards.append(form.names(rows, thresholds=scored, can_add=scored or segments.kind == "grid"))
    return cards, {str(axis): texts for axis, texts in cuts.shares.items()} if cuts else {}


def choose(chosen: str | None, base: Shown | None, search: str | None) -> Any:
    """Write the preset that was chosen into the address; nothing where it is open already."""
    query = query_of(search)
    if not chosen or chosen == (base or {}).get("preset") or chosen in query.get("preset", []):
        return no_update
    others = {name: values for name, values in query.items() if name not in ("preset", "version")}
    return "?" + urlencode(others | {"preset": [chosen]}, doseq=True)


def typed(fields: Mapping[str, Sequence[Any]], places: Mapping[str, Sequence[Any]]) -> Typed:
    """Put what stands in the page's fields beside their names, by kind."""
    return {
        kind: {str(place["index"]): value for place, value in zip(places[kind], fields[kind], strict=False)}
        for kind in fields
    }


def opened_base(services: Services, release: Loaded, base: Shown) -> Preset:
    """Return the preset that a page says its fields began with.

    Raises
    ------
    NotFound
        If it is not here.
    """
    name, version = base.get("preset"), base.get("version")
    if not isinstance(name, str) or not (version is None or isinstance(version, int)):
        raise NotFound(_("The page does not say which preset it edits. Reload it."), "preset")
    return base_of(services.presets, release, name, version)


def try_out(services: Services, release_id: str | None, base: Shown, values: Typed, marked: Shown) -> Shown:
    """Return the preview of what is typed, and what is wrong beside each field.

    Parameters
    ----------
    services : Services
    release_id : str or None
    base : dict
        ``preset``, ``version`` and ``seen`` of the page.
    values : dict
        From :func:`typed`.
    marked : dict
        Ids of the page's error lines, lines of sizes, cells and their counts.
    """
    release = services.releases.at(release_id)
    preset = opened_base(services, release, base)
    draft = drafted(preset, values, words.written())
    cells = values.get("cell", {})
    shown = {
        "error": [plain(refusal(draft.problems.get(str(line["index"])))) for line in marked["error"]],
        "invalid": {kind: [f"{kind}:{place}" in draft.marked for place in values[kind]] for kind in TYPED},
        "tile": [form.tile_style(str(cells.get(tile["index"], ""))) for tile in marked["tile"]],
    }
    seen: Preview | None = None
    if draft.preset is None:
        parts = previewing.refused(_("Correct the marked fields to see who would move."))
    else:
        try:
            seen = preview(release, draft.preset)
        except Refusal as refused:
            parts = previewing.refused(str(refused))
        else:
            notes = []
            if draft.left_out:
                left_out = words.listing(draft.left_out)
                notes = [_("Not used on the map, so not saved: {segments}.", segments=left_out)]
            parts = previewing.shown(seen, preset.rfm.frequency, release.preset.name, notes)
    return shown | {
        "preview": plain(parts),
        "sizes": [_sizes(seen, line["index"], preset) for line in marked["sizes"]],
        "held": [_held(seen, cell["index"]) for cell in marked["held"]],
    }


def _sizes(seen: Preview | None, axis: Any, preset: Preset) -> str:
    if seen is None or axis not in seen.sizes or preset.scoring is None:
        return ""
    return previewing.sizes(seen.sizes[axis], axis, preset.scoring.best)


def _held(seen: Preview | None, cell: Any) -> str:
    if seen is None or seen.cells is None:
        return ""
    row, _colon, column = str(cell).partition(":")
    return words.number(int(seen.cells[int(row) - 1, int(column) - 1]))
