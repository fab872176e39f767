"""Files opened with care: inside their folder, of a bearable size, of the kind their name says."""

import stat
from pathlib import Path
from typing import Final

from ingestion.readers.file_kinds import FileKind, is_whole_page, sniff
from ingestion.readers.limits import ReadLimits
from kb.errors import UnreadableFile

SUFFIXES: Final[dict[str, FileKind]] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".md": "text",
}
_KIND_NAMES: Final[dict[FileKind, str]] = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "html": "an HTML page",
    "text": "a text file",
}
_SUFFIX_OF: Final[dict[FileKind, str]] = {
    "pdf": ".pdf",
    "docx": ".docx",
    "html": ".html",
    "text": ".txt",
}
_READABLE: Final = "PDF, DOCX, HTML, TXT or MD"


def check_inside(path: Path, root: Path) -> None:
    """Raise UnreadableFile when `path`, its symbolic links followed, lies outside of `root`."""
    try:
        real, real_root = path.resolve(strict=True), root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise UnreadableFile(
            "broken symbolic link or missing file; remove it or restore its target"
        ) from error
    if real != real_root and not real.is_relative_to(real_root):
        raise UnreadableFile(
            "symbolic link that leads outside of the folder; copy the file into the folder"
        )


def read_bytes(path: Path, limits: ReadLimits) -> bytes:
    """The bytes of a regular file within the limits.

    Raises UnreadableFile for anything else; the size is checked before a byte is read.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableFile("not a regular file; give a file or a folder of files")
        if state.st_size == 0:
            raise UnreadableFile("empty file; get it again from where it came")
        if state.st_size > limits.max_file_bytes:
            raise UnreadableFile(
                f"{_size(state.st_size)}, larger than the limit of {limits.max_file_mb} MB; "
                "raise LANDBRIEF_MAX_FILE_MB to read it"
            )
        with path.open("rb") as file:
            content = file.read(limits.max_file_bytes + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be opened").lower()
        raise UnreadableFile(f"{reason}; check the path and its permissions") from error
    if len(content) > limits.max_file_bytes:
        raise UnreadableFile(
            f"larger than the limit of {limits.max_file_mb} MB; "
            "raise LANDBRIEF_MAX_FILE_MB to read it"
        )
    return content


def _size(size: int) -> str:
    megabytes = size / (1024 * 1024)
    return f"{megabytes:.0f} MB" if megabytes >= 10 else f"{megabytes:.1f} MB"


def check_kind(suffix: str, content: bytes) -> FileKind:
    """The kind of `content`, which must be the one that the extension `suffix` promises.

    Raises UnreadableFile naming what the file is and what to do.
    """
    expected = SUFFIXES.get(suffix.lower())
    found = sniff(content)
    if found.kind == "ole":
        raise UnreadableFile(_ole_cause(found.name))
    if expected is None:
        raise UnreadableFile(f"{suffix or 'no extension'} is not read; convert it to {_READABLE}")
    if found.kind == "other":
        raise UnreadableFile(
            f"is {found.name}, not {_KIND_NAMES[expected]}; give the document as {_READABLE}"
        )
    if found.kind == "html" and expected == "text" and not is_whole_page(content):
        return expected  # Markdown with a tag in front
    # A page or a fragment of one may be plain paragraphs without a tag in front.
    if found.kind == expected or (expected == "html" and found.kind == "text"):
        return expected
    if found.kind == "text":
        raise UnreadableFile(
            f"is not {_KIND_NAMES[expected]} in spite of its name, or is damaged from its first "
            "bytes on; get it again, or rename it to .txt if it is plain text"
        )
    raise UnreadableFile(
        f"is {found.name}, not {_KIND_NAMES[expected]}; rename it to {_SUFFIX_OF[found.kind]}"
    )


def _ole_cause(name: str) -> str:
    if "password" in name:
        return "password-protected document; open it, remove the password and save it again"
    return f"is {name}; save it as .docx"
