"""Which tables are read: the files named, those of a folder, the parts of an archive or a workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.core.text.shell import quoted
from services.reading.archives import MAX_ENTRIES, files_of, is_hidden
from services.reading.source import Damaged, Source, digest, digest_of_all, recognise
from services.training.lines.engine import Engine
from services.training.reading import tables_said
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files import workbook
from services.training.reading.loading import look_at
from services.training.reading.report import ReadOptions

_ALL = "all"

#: How many tables that cannot be read are told of, each with its reason.
_REASONS = 3


@dataclass
class Gathered:
    """Tables to be read, and what is to be said of those that are not."""

    sources: list[Source] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Reading:
    """With what tables are looked at."""

    engine: Engine
    options: ReadOptions
    schema: Schema
    scratch: Path


def gather(
    paths: Sequence[Path], engine: Engine, options: ReadOptions, schema: Schema, scratch: Path
) -> Gathered:
    """Find the tables of files and folders.

    Of a folder, an archive or a workbook those are read that share one header; where there are several
    headers, those of the largest. The others are said.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders. Files within the folders of a folder are none.
    engine, options, schema, scratch
        As ``services.training.reading.loading.load_raw`` takes them.

    Raises
    ------
    Refusal
        If a file is missing or none that can be read, if a folder, an archive or a workbook has no table
        that does, or if it cannot be told which of its tables are meant.
    """
    reading = _Reading(engine, options, schema, scratch)
    gathered = Gathered()
    for path in dict.fromkeys(paths):
        own = replace(reading, options=options.of(path))
        found = _of_folder(path, reading) if path.is_dir() else _of_file(path, own)
        gathered.sources += found.sources
        gathered.warnings += found.warnings
    if options.sheet is not None and not any(source.form == "xlsx" for source in gathered.sources):
        raise Refusal(_("--sheet names a sheet, and the file is not a workbook. Leave it out."), "sheet")
    return gathered


def files_in(folder: Path) -> list[Path]:
    """Name the files of a folder, by name; hidden ones are none.

    Raises
    ------
    Refusal
        If there is none, or more than an archive may hold.
    """
    files = sorted(each for each in folder.iterdir() if each.is_file() and not is_hidden(Path(each.name)))
    if not files:
        raise Refusal(
            _("The folder “{folder}” holds no files. Name the folder that they are in.", folder=folder.name),
            "file",
        )
    if len(files) > MAX_ENTRIES:
        raise Refusal(
            plural(
                "The folder holds {n} file; the limit is {most}.",
                "The folder holds {n} files; the limit is {most}.",
                len(files),
                n=number(len(files)),
                most=number(MAX_ENTRIES),
            ),
            "file",
        )
    return files


def digest_of(paths: Sequence[Path]) -> str:
    """Give the one SHA-256 of files and of all files in folders; a single file's is that of its bytes."""
    files = [each for path in paths for each in (files_in(path) if path.is_dir() else [path])]
    return digest_of_all(digest(file) for file in files)


def _of_folder(folder: Path, reading: _Reading) -> Gathered:
    found: list[Source] = []
    unfit: list[tuple[Path, Refusal]] = []
    warnings = []
    for path in files_in(folder):
        try:
            one = _of_file(path, reading)
            for source in one.sources:
                look_at(source, reading.engine, reading.options, reading.schema, reading.scratch)
        except Refusal as refusal:
            unfit.append((path, refusal))
        else:
            found += one.sources
            warnings += one.warnings
    if not found:
        raise _of(unfit[0][0].name, unfit[0][1])
    chosen = _chosen(found, "folder", reading)
    left = [f"{_('{file} was left out.', file=path.name)} {refusal}" for path, refusal in unfit]
    return Gathered(chosen.sources, [*warnings, *chosen.warnings, *left])


def _of_file(path: Path, reading: _Reading) -> Gathered:
    form = recognise(path)
    if form == "xlsx":
        return _of_workbook(path, reading)
    if form == "zip":
        with zipfile.ZipFile(path) as archive:
            parts = files_of(archive)
        if len(parts) > 1:
            return _chosen([Source(path, form, part) for part in parts], "archive", reading)
    return Gathered([Source(path, form)])


def _of_workbook(path: Path, reading: _Reading) -> Gathered:
    sheets = workbook.sheets(path)
    wanted = reading.options.sheet
    shown = [sheet.name for sheet in sheets if not sheet.hidden]
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if wanted is not None and wanted.lower() != _ALL:
        return Gathered([Source(path, "xlsx", _named(wanted, [sheet.name for sheet in sheets]))])
    if wanted is None and not shown:
        said = [_("The workbook has no visible sheet.")]
        said += [_("Name one: --sheet {sheet}.", sheet=quoted(name)) for name in hidden[:1]]
        raise Refusal(" ".join(said), "sheet", option="--sheet")
    names = shown if wanted is None else [sheet.name for sheet in sheets]
    sources = [Source(path, "xlsx", name) for name in names]
    chosen = _chosen(sources, "workbook", reading) if len(sources) > 1 else Gathered(sources)
    if hidden and wanted is None:
        chosen.warnings.append(tables_said.said_of(hidden, tables_said.HIDDEN))
    return chosen


def _named(wanted: str, names: Sequence[str]) -> str:
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise Refusal(
        _(
            "The workbook has no sheet {sheet}. It has {sheets}.",
            sheet=repr(wanted[:80]),
            sheets=tables_said.listed(names),
        ),
        "sheet",
        option="--sheet",
    )


def _chosen(sources: Sequence[Source], what: str, reading: _Reading) -> Gathered:
    """Choose, of the tables of a folder, an archive or a workbook, those with the header of the largest."""
    groups: dict[frozenset[tuple[str, str]], list[Source]] = {}
    sizes: dict[frozenset[tuple[str, str]], int] = {}
    others: list[Source] = []
    unfit: list[Source] = []
    reasons: list[Refusal] = []
    for source in sources:
        try:
            columns, size = look_at(source, reading.engine, reading.options, reading.schema, reading.scratch)
        except Damaged:
            raise
        except Refusal as refusal:
            reasons.append(_of(source.part or source.path.name, refusal))
            unfit.append(source)
        else:
            key = _header(columns)
            groups.setdefault(key, []).append(source)
            sizes[key] = sizes.get(key, 0) + size
    if reasons and not groups:
        raise _none_fits(reasons)
    if reading.options.sheet is not None:  # all
        return Gathered([source for group in groups.values() for source in group])
    best = max(groups, key=lambda key: sizes[key])
    for key, group in groups.items():
        if key != best and sizes[key] == sizes[best]:
            raise tables_said.which(groups[best], group, what)
        others += group if key != best else []
    return Gathered(groups[best], tables_said.of_tables(groups[best], others, unfit, what))


def _none_fits(reasons: Sequence[Refusal]) -> Refusal:
    """Say of the first tables why each cannot be read: nobody knows which of them was meant."""
    first = reasons[0]
    said = " ".join(str(reason) for reason in reasons[:_REASONS])
    return Refusal(said, first.field, option=first.option, choices=first.choices)


def _header(columns: Columns) -> frozenset[tuple[str, str]]:
    """Give what makes two headers one: which column plays which role, wherever it stands."""
    return frozenset((role, plain(columns.names[at])) for role, at in columns.roles.items())


def _of(name: str, refusal: Refusal) -> Refusal:
    """Say in a refusal which of several tables it speaks of."""
    refusal.args = (f"{name}: {refusal}",)
    return refusal
