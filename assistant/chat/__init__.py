"""Answers that a chat model words: what it is shown, what it may look up, what is kept of it."""
