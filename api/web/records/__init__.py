"""One place of the page."""
