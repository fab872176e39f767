"""One module for each group of routes; each makes its router over a desk."""
