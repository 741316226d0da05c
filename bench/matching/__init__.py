"""The matcher against what people would use instead: one corpus, the same queries, one table."""
