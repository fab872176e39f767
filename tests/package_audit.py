"""Asks `pip-audit` whether a package that LandBrief pins has a known flaw.

`make check` runs it. Where the list of flaws cannot be reached, it says so and fails nothing: a
check must work on a machine without a network.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
SECONDS = 180
UNREACHED = "pip-audit: the list of known flaws cannot be reached: packages were not checked"


def verdict(report: str | None) -> tuple[int, list[str]]:
    """The exit code, and the lines to print; `report` is None where there is none."""
    if report is None:
        return 0, [UNREACHED]
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 0, [UNREACHED]
    checked = [one for one in packages if "skip_reason" not in one]
    flaws = [
        f"{one['name']} {one['version']}: {flaw['id']}"
        f" (mended in {', '.join(flaw['fix_versions']) or 'no version yet'})"
        for one in checked
        for flaw in one["vulns"]
    ]
    if flaws:
        return 1, flaws
    if not checked:
        return 0, [UNREACHED]
    return 0, [f"pip-audit: {len(checked)} of {len(packages)} packages checked, no known flaw"]


def report() -> str | None:
    """What `pip-audit` says of the pinned packages, as JSON."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip"]
    command += ["--progress-spinner", "off", "-f", "json", "-r", str(CONSTRAINTS)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout or None


if __name__ == "__main__":
    code, lines = verdict(report())
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(code)
