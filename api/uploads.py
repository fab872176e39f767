"""Uploaded files, until they are read."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from kb.errors import UnreadableFile


@contextmanager
def under_its_own_name(file: BinaryIO, sent: str | None, uploads: Path | None) -> Iterator[Path]:
    """The upload that the client named `sent`, in a folder of its own that goes away at the end.

    The folder lies in `uploads`, which is made where it is missing. Raises UnreadableFile.
    """
    name = _own_name(sent)
    if uploads is not None:
        uploads.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="landbrief-", dir=uploads) as folder:
        path = Path(folder, name)
        try:
            with path.open("xb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
        except (OSError, ValueError) as error:
            raise UnreadableFile("the upload could not be stored under its file name") from error
        yield path


def _own_name(sent: str | None) -> str:
    """The last part of the name that the client sent: a folder in it is not ours to make."""
    name = PurePosixPath(PureWindowsPath(sent or "").name).name
    if name in ("", ".", ".."):
        raise UnreadableFile("the upload carries no file name")
    return name
