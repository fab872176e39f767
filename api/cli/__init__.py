"""The command line: `landbrief …`, also `python -m api.cli`."""

from api.cli.app import main

__all__ = ["main"]
