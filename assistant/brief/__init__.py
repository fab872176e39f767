"""Briefing notes: a topic in, checked sections out."""
