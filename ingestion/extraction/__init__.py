"""What a document says as candidate records, found by rules and word lists, for a reviewer."""
