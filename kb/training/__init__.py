"""Trains the embedding model that ships in `kb/data/model`; never imported at run time."""
