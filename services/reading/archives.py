"""Zip archives: what kind of file each is, what it holds, and the bounds it has to keep."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal

#: Bounds of what an archive may unpack to.
MAX_BYTES = 4 * 1024**3
MAX_WORKBOOK_BYTES = 1024**3
MAX_RATIO = 100
MAX_ENTRIES = 1_000
#: Below this the ratio says nothing: a short file of equal lines packs very well and harms nobody.
RATIO_COUNTS_FROM = 32 * 1024**2

#: Entries that only one kind of file has, and what is said of it.
_NO_ARCHIVES = {
    "word/document.xml": later("The file is a Word document."),
    "ppt/presentation.xml": later("The file is a PowerPoint presentation."),
    "xl/workbook.bin": later("The file is a binary Excel workbook (.xlsb)."),
    "Index/Document.iwa": later("The file is a Numbers spreadsheet."),
}
_SHEET = later("The file is an OpenDocument spreadsheet (.ods).")
_NO_SHEET = later("The file is an OpenDocument file, but not a spreadsheet.")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."

#: What file managers add to an archive.
_HIDDEN = ("__MACOSX",)
_LITTER = ("thumbs.db", "desktop.ini")


def kind_of_zip(path: Path) -> str:
    """Say whether a zip is a workbook (``xlsx``) or an archive of files (``zip``).

    Raises
    ------
    Refusal
        If it is damaged, out of bounds, protected, empty, or another kind of document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            files = files_of(archive)
            document = _document(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal(
            _("The file is a damaged or incomplete archive. Save or upload it again."), "file"
        ) from error
    workbook = any(member.filename == "xl/workbook.xml" for member in members)
    unpacked = sum(member.file_size for member in members)
    bound = MAX_WORKBOOK_BYTES if workbook else MAX_BYTES
    if len(members) > MAX_ENTRIES:
        raise Refusal(
            plural(
                "The archive holds {n} file; the limit is {most}.",
                "The archive holds {n} files; the limit is {most}.",
                len(members),
                n=number(len(members)),
                most=number(MAX_ENTRIES),
            ),
            "file",
        )
    if unpacked > bound:
        raise Refusal(
            _("The archive unpacks to more than {size} GB. Split it.", size=bound // 1024**3), "file"
        )
    if unpacked > MAX_RATIO * max(path.stat().st_size, RATIO_COUNTS_FROM // MAX_RATIO):
        raise Refusal(
            plural(
                "The archive unpacks to more than {n} time its size, which no sales file does.",
                "The archive unpacks to more than {n} times its size, which no sales file does.",
                MAX_RATIO,
            ),
            "file",
        )
    if document:
        way = _("Save it as an Excel workbook (.xlsx) or as CSV.")
        raise Refusal(f"{document()} {way}", "file")
    if any(member.flag_bits & 1 for member in members):
        raise Refusal(_("The archive is protected by a password. Save it without one."), "file")
    if workbook:
        _refuse_active([member.filename for member in members])
        return "xlsx"
    if not files:
        raise Refusal(_("The zip archive holds no file. Put the one to be read into it."), "file")
    return "zip"


def files_of(archive: zipfile.ZipFile) -> list[str]:
    """Name the files of an archive, by name; folders, hidden files and what file managers add are none."""
    return sorted(
        member.filename
        for member in archive.infolist()
        if not member.is_dir() and not is_hidden(PurePosixPath(member.filename))
    )


def is_hidden(path: PurePosixPath | Path) -> bool:
    """Whether a file, or a folder that it is in, is hidden or made by a file manager."""
    return path.name.lower() in _LITTER or any(
        part in _HIDDEN or (part.startswith(".") and part not in (".", "..")) for part in path.parts
    )


def _document(archive: zipfile.ZipFile) -> later | None:
    names = set(archive.namelist())
    if "mimetype" in names and archive.getinfo("mimetype").file_size < len(_OPEN_DOCUMENT) + 100:
        kind = archive.read("mimetype")
        if kind.startswith(_OPEN_DOCUMENT):
            sheet = kind.startswith(_OPEN_DOCUMENT + b"spreadsheet")
            return _SHEET if sheet else _NO_SHEET
    return next((said for name, said in _NO_ARCHIVES.items() if name in names), None)


def _refuse_active(names: list[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refusal(_("The workbook holds macros. Save it as a workbook without macros (.xlsx)."), "file")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refusal(_("The workbook refers to other workbooks. Save its values alone, or as CSV."), "file")
