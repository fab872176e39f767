"""What a run is made under, gathered for its result."""

import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from evals.home import Home, data_hash
from evals.results import Conditions
from evals.shipped import AnySet
from kb.settings import Settings


def conditions(
    settings: Settings,
    home: Home | None,
    sets: Sequence[AnySet],
    planted: str | None,
    skipped: tuple[str, ...] = (),
) -> Conditions:
    """The conditions of a run that begins now; some sets need no home."""
    return Conditions(
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        revision=revision(),
        embedder=_named(settings.embedder),
        originals=home is not None and home.originals,
        ingested=home.ingested if home is not None else (),
        settings=_telling(settings),
        sets={one.name: one.sha256 for one in sets},
        data=data_hash(),
        python=platform.python_version(),
        planted=planted,
        skipped=skipped,
    )


def revision() -> str | None:
    """The git revision of the checkout, with "+" where files differ from it; None if unknown."""
    git = shutil.which("git")
    if git is None:
        return None
    folder = Path(__file__).resolve().parents[1]

    def asked(*words: str) -> str | None:
        command = [git, "-C", str(folder), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout.strip() if done.returncode == 0 else None

    head = asked("rev-parse", "--short=12", "HEAD")
    if head is None:
        return None
    return f"{head}+" if asked("status", "--porcelain", "--untracked-files=no") else head


def _telling(settings: Settings) -> dict[str, str]:
    """The settings that can change a result: no secrets, and no places of this machine."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    values["embedder"] = _named(settings.embedder)
    return {
        name: str(value)
        for name, value in values.items()
        if value is not None
        and not isinstance(value, SecretStr | Path)
        and name not in ("host", "port")
    }


def _named(embedder: str) -> str:
    """The embedder without the folder that it lies in."""
    return Path(embedder).name if Path(embedder).is_dir() else embedder
