"""What kind of file it is, told by a process of its own: ``python -m services.reading.recognising FILE``.

What a stranger sent is unpacked here as far as that tells whether it is a sales file at all.
"""

from __future__ import annotations

import json
import sys
from io import BufferedReader
from pathlib import Path

from services.core.language.messages import plural
from services.core.refusals import Refusal
from services.reading.archives import MAX_RATIO, RATIO_COUNTS_FROM
from services.reading.source import CHUNK, Source, head_of, open_bytes, recognise


def recognise_sent(path: Path) -> str:
    """Return the form of a file; refuse an archive of something else, or one that unpacks to far too much.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        As ``services.reading.source.recognise`` tells it.

    Raises
    ------
    Refusal
        If it is none of the forms, damaged, or a bomb.
    """
    form = recognise(path)
    if form == "csv.gz":
        source = Source(path, form)
        head_of(source)
        _refuse_bomb(source)
    return form


def _refuse_bomb(source: Source) -> None:
    with open_bytes(source) as stream, BufferedReader(stream, CHUNK) as unpacked:
        while unpacked.read(CHUNK):
            if stream.count > RATIO_COUNTS_FROM:
                if stream.count > MAX_RATIO * stream.packed_position():
                    raise Refusal(
                        plural(
                            "The file unpacks to more than {n} time its size, which no sales file does.",
                            "The file unpacks to more than {n} times its size, which no sales file does.",
                            MAX_RATIO,
                        ),
                        "file",
                    )
                return


def main() -> None:
    """Print the form of the file that the command names, or why it is none, as JSON."""
    try:
        print(json.dumps({"form": recognise_sent(Path(sys.argv[1]))}))  # noqa: T201 (read by who started it)
    except Refusal as refusal:
        print(json.dumps({"refused": {"message": str(refusal)}}))  # noqa: T201


if __name__ == "__main__":
    main()
