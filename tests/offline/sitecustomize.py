"""Guards a child process: this folder is put on its PYTHONPATH."""

import os

import network_guard

if network_guard.LOG_VARIABLE in os.environ:
    network_guard.install(network_guard.append_to_log)
