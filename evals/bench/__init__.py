"""Speed and scale: what ingestion, search and answers cost as a knowledge base grows."""
