"""The Model Context Protocol: tools and resources over a desk, on stdio and at `/mcp`."""
