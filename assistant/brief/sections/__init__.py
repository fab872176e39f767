"""One module for each part of a note: what it says is chosen here, and checked by the gate."""
