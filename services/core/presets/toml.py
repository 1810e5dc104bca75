"""A preset as TOML, in the form and the order of the shipped files; reading it gives the same preset."""

from __future__ import annotations

import json
from collections.abc import Iterable

from services.core.presets.model import Group, Preset


def to_toml(preset: Preset) -> str:
    """Write a preset as a TOML document that ``services.core.presets.parse`` reads."""
    lines = [
        f"id = {_text(preset.id)}",
        f"name = {_text(preset.name)}",
        *([f"version = {preset.version}"] if preset.version else []),
        f"summary = {_text(preset.summary)}",
        f"source = {_text(preset.source)}",
        "",
        "[rfm]",
        f"frequency = {_text(preset.rfm.frequency)}",
        *(["table = true"] if preset.rfm.table else []),
        "",
        "[cleaning]",
        f"price = {_switch(preset.cleaning.price)}",
        f"returns = {_text(preset.cleaning.returns)}",
        "",
    ]
    if preset.scoring:
        lines += ["[scoring]", f"classes = {preset.scoring.classes}", f"best = {_text(preset.scoring.best)}"]
        lines += [
            f"edges.{axis} = {_list(map(_number, cuts))}" for axis, cuts in preset.scoring.edges.items()
        ]
        lines.append("")
    lines += ["[segments]", f"kind = {_text(preset.segments.kind)}"]
    if preset.segments.grid:
        lines += ["grid = [", *(f"    {_list(map(_text, row))}," for row in preset.segments.grid), "]"]
    for group in preset.segments.groups:
        lines += ["", "[[segments.groups]]", *_group(group)]
    return "\n".join([*lines, "", "[clusters]", *_clusters(preset), ""])


def _group(group: Group) -> list[str]:
    lines = [f"id = {_text(group.id)}", f"name = {_text(group.name)}"]
    if group.at_least is not None:
        lines.append(f"at_least = {group.at_least}")
    if group.when is not None:
        conditions = ", ".join(f"{letter} = {score}" for letter, score in group.when.items())
        lines.append(f"when = {{ {conditions} }}" if conditions else "when = {}")
    lines.append(f"playbook = {_text(group.playbook)}")
    return [*lines, "at_risk = true"] if group.at_risk else lines


def _clusters(preset: Preset) -> list[str]:
    found = preset.clusters
    return [
        f"features = {_list(map(_text, found.features))}",
        *([f"k = {found.k}"] if found.k else []),
        *(["set_outliers_aside = true"] if found.set_outliers_aside else []),
        f"n_init = {found.n_init}",
        f"tol = {found.tol!r}",
        f"seed = {found.seed}",
    ]


def _text(text: str) -> str:
    # JSON's escapes are TOML's; only the sign for delete must be escaped in TOML alone
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def _switch(value: bool) -> str:
    return "true" if value else "false"


def _list(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"
