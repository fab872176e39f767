"""`python -m evals.peers.memory`: what one contestant adds to a process that does nothing else.

Reads a JSON object with `name`, `corpus` and `queries`; prints MiB.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.machine import memory_mb
from evals.peers.contestant import Corpus, Text


def main() -> None:
    """Measures before the contestant's first import and after its last query."""
    given = json.load(sys.stdin)
    fields = given["corpus"]
    corpus = Corpus(
        fields["name"],
        tuple(Path(file) for file in fields["files"]),
        tuple(Text(**text) for text in fields["texts"]),
        fields["paragraphs"],
        fields["with_digests"],
    )
    before = memory_mb()
    from evals.peers.field import maker

    with TemporaryDirectory(prefix="landbrief-peers-", ignore_cleanup_errors=True) as folder:
        contestant = maker(given["name"])(Path(folder))
        contestant.ingest(corpus)
        for query in given["queries"]:
            contestant.search(query, 5)
        grown = memory_mb() - before
        contestant.close()
    sys.stdout.write(f"{grown}\n")


if __name__ == "__main__":
    main()
