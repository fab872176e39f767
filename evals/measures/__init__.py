"""What is measured, as pure functions; who computes it is elsewhere."""
