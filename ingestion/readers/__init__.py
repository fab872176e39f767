"""One reader a file format; each gives blocks in reading order."""
