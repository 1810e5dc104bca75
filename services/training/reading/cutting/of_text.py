"""Texts, packed or not: the lines that stay are written as they stand, byte for byte."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from services.reading.archives import files_of
from services.reading.encodings import Decoding
from services.reading.source import Source
from services.training.reading.columns.headers import TRANSACTIONS
from services.training.reading.cutting.spans import Span, Work, within, without
from services.training.reading.files.decoding import find_decoding, open_text
from services.training.reading.files.local_encodings import settle
from services.training.reading.loading import with_layout
from services.training.reading.report import ReadOptions


def texts(source: Source, spans: Sequence[Span], work: Work) -> list[str]:
    """Give the lines of each span."""
    text, _stream = open_text(source, _decoding(source, work.options))
    with text:
        return within(text, spans)


def write(sources: Sequence[tuple[Source, Sequence[Span]]], target: Path, work: Work) -> None:
    """Write a text, or an archive of those that were read, without the lines of the spans."""
    form = sources[0][0].form
    with target.open("wb") as file:
        if form == "zip":
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for source, spans in sources:
                    with archive.open(source.part or _only_part(source.path), "w", force_zip64=True) as part:
                        _copy(source, spans, work.options, cast("BinaryIO", part))
        elif form == "csv.gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                _copy(*sources[0], work.options, cast("BinaryIO", packed))
        else:
            _copy(*sources[0], work.options, file)


def _copy(source: Source, spans: Sequence[Span], options: ReadOptions, out: BinaryIO) -> None:
    decoding = _decoding(source, options)
    text, _stream = open_text(source, decoding)
    written = io.TextIOWrapper(out, decoding.encoding, decoding.errors, newline="")
    with text:
        written.writelines(without(text, spans))
    written.flush()
    written.detach()


def _decoding(source: Source, options: ReadOptions) -> Decoding:
    found = find_decoding(source, options.encoding)
    return settle(source, found, options, with_layout(TRANSACTIONS, options.layout))


def _only_part(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return files_of(archive)[0]
