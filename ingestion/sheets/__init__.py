"""Records in files of the user's own: CSV, XLSX and JSON."""
