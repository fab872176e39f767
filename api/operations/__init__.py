"""What an operator sees and sets: metrics, request ids, logs, readiness, overload, caching."""
