"""The OpenAI protocol: chat completions over a desk, for tools that speak nothing else."""
