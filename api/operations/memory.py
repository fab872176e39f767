"""How this process takes memory from the system, where the C library lets it be said."""

import ctypes
import gc
import logging
from typing import Any, Final

_ARENA_MAX: Final = -8  # M_ARENA_MAX of glibc's <malloc.h>
_ARENAS: Final = 2
_log = logging.getLogger(__name__)


def spare_arenas() -> None:
    """Has all threads share few arenas: to be called before any are started.

    glibc gives up to eight arenas to each core, and what one thread frees in its own stays there:
    a server with both founding documents took a sixth more.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
        if mallopt(_ARENA_MAX, _ARENAS) != 1:
            _log.debug("the arenas of the C library could not be limited")
    except (AttributeError, OSError):  # no glibc: it has no arenas
        _log.debug("the C library has no arenas to limit")


def give_back() -> None:
    """Gives the system what was taken for a while: by reading files, by what a start loads.

    What is alive now is taken to live on: the garbage collector passes it over from here on.
    """
    gc.collect()
    gc.freeze()
    try:
        trim: Any = ctypes.CDLL(None).malloc_trim
        trim(ctypes.c_size_t(0))
    except (AttributeError, OSError):  # no glibc
        _log.debug("the C library gives nothing back")
