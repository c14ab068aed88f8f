"""Benchmarks and campaigns; run them from the root of the repository."""
