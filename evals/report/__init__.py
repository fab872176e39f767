"""Results for people: tables on a terminal, a page with plots."""
