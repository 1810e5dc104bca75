"""What a training is asked with: the ledger's files or a release's own, its options, a preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.core.language.messages import _, later
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.site.ledger.entries import said_of_trainings

if TYPE_CHECKING:
    from services.releases import Manifest
    from services.site.jobs.queue import Jobs
    from services.site.ledger import Entry, Ledger

_OF_ITS_FILES = ("by_file", "as_of", "table")
"""Options of a release that speak of the very files it was made from."""
_TO_THE_LEDGER = later("Add it to the ledger to train on it from here.")


def asked_for(preset: Preset, options: Mapping[str, Any], files: Sequence[Path] | None) -> dict[str, Any]:
    """Return what ``Jobs.ask`` takes.

    Parameters
    ----------
    preset : Preset
    options : mapping
        As ``TrainOptions.recorded`` gives them.
    files : sequence of Path or None
        None for those that the ledger has when the training starts.
    """
    return {
        "files": [str(path.absolute()) for path in files or ()],
        "ledger": files is None,
        "preset": preset.model_dump(mode="json"),
        "options": dict(options),
    }


def on_ledger(ledger: Ledger, made: Manifest | None, preset: Preset) -> dict[str, Any]:
    """Return what asks for a training on the ledger with the options of a release.

    Parameters
    ----------
    ledger : Ledger
    made : Manifest or None
        Of that release; None where there is none yet.
    preset : Preset

    Raises
    ------
    Refusal
        If the ledger has no files, or a preset is for another kind of file.
    """
    entries = ledger.entries()
    if not entries:
        raise Refusal(_("The ledger has no files, so there is nothing to train on. Bring a file first."))
    if preset.rfm.table:
        raise Refusal(
            _(
                "“{preset}” is for a table with a row for each customer, and the ledger has transactions. "
                "Choose another preset.",
                preset=preset.name,
            ),
            "preset",
        )
    return asked_for(preset, carried(entries, made), None)


def again(
    ledger: Ledger, jobs: Jobs, made: Manifest, preset: Preset, *, k: int | None = None
) -> dict[str, Any]:
    """Return what asks for a training on the files of a release, with its options.

    They are taken from the ledger where all of them are in it, with whatever the ledger has besides, else
    from where they were when a job made the release.

    Parameters
    ----------
    ledger : Ledger
    jobs : Jobs
    made : Manifest
        Of that release.
    preset : Preset
    k : int, optional
        Clusters, in place of what the release was asked with.

    Raises
    ------
    Refusal
        If the files are nowhere to be found as they were; the sentence says what to do.
    StateUnusable
    """
    changed = {} if k is None else {"k": k}
    if came_from(ledger.entries(), made):
        asked = on_ledger(ledger, made, preset)
        return {**asked, "options": asked["options"] | changed}
    files = _found(jobs, made)
    options = {name: value for name, value in (made.options or {}).items() if name != "by_file"}
    return asked_for(preset, options | changed, files)


def came_from(entries: Sequence[Entry], made: Manifest) -> bool:
    """Whether all files that a release was made from are in the ledger."""
    kept = {digest for entry in entries for digest in entry.digests}
    return bool(made.source.files) and all(file.sha256 in kept for file in made.source.files)


def carried(entries: Sequence[Entry], made: Manifest | None) -> dict[str, Any]:
    """Return the options of a release, if there is one, as they go for a training on the ledger.

    What was said of single files stands in the ledger, and a day that the release counts to goes on only
    while the ledger has nothing but the files of that release. What was said of trainings with the files that
    are there now goes before what the release was made with; lists are joined.
    """
    said = said_of_trainings(entries)
    if made is None:
        return said
    left_out = [*_OF_ITS_FILES]
    if came_from(entries, made) and len(entries) == len(made.source.files):
        left_out.remove("as_of")
    options = {name: value for name, value in (made.options or {}).items() if name not in left_out}
    for name, value in said.items():
        if isinstance(value, list):
            options[name] = list(dict.fromkeys([*(options.get(name) or ()), *value]))
        else:
            options[name] = value
    return options


def bytes_of(files: Sequence[Path]) -> int:
    """Add up the bytes of files, and of those in folders; one that is gone counts nothing."""
    each = (inner for path in files for inner in (path.iterdir() if path.is_dir() else (path,)))
    return sum(path.stat().st_size for path in each if path.is_file())


def _found(jobs: Jobs, made: Manifest) -> list[Path]:
    """Return the files of the job that made a release, where they still are as they were."""
    job = jobs.making(made.id)
    files = [Path(file) for file in job.asked["files"]] if job else []
    if not files:
        said = _(
            "This release was made from “{file}” on the server, and the site does not know where that is.",
            file=made.source.name,
        )
        raise Refusal(f"{said} {_TO_THE_LEDGER()}")
    for path in files:
        if not path.exists():
            said = _("“{file}”, from which this release was made, is no longer where it was.", file=path.name)
            raise Refusal(f"{said} {_TO_THE_LEDGER()}")
    if bytes_of(files) != made.source.bytes:
        said = _("“{file}” has changed since this release was made from it.", file=made.source.name)
        raise Refusal(f"{said} {_TO_THE_LEDGER()}")
    return files
