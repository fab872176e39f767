"""Retrieval and alignment measured on public question sets, which stay outside the repository."""
