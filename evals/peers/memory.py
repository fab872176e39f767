"""`python -m evals.peers.memory`: what one contestant adds to a process that does nothing else.

Reads (name, corpus, queries), pickled by `running`; prints MiB. Contestants share libraries: in
one process the first of them would pay for all.
"""

import pickle
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.machine import memory_mb


def main() -> None:
    """Measures before the contestant's first import and after its last query."""
    name, corpus, queries = pickle.load(sys.stdin.buffer)  # noqa: S301
    before = memory_mb()
    from evals.peers.field import maker

    with TemporaryDirectory(prefix="landbrief-peers-", ignore_cleanup_errors=True) as folder:
        contestant = maker(name)(Path(folder))
        contestant.ingest(corpus)
        for query in queries:
            contestant.search(query, 5)
        sys.stdout.write(f"{memory_mb() - before}\n")
        contestant.close()


if __name__ == "__main__":
    main()
