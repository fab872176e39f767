"""Documents of known structure drawn as PDF, DOCX and HTML, the way UN documents look."""
