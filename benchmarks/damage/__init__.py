"""Damage to clean Chinese text, with the ground truth: what was there, and where it went.

Modules: `corpus` (the clean text), `annotated`, `misreads`, `furniture`, `holes`, `amounts` (the
damage), `sources` (clean text from packages). Everything is drawn from a `random.Random` that
the caller passes in, so the same seed makes the same documents.
"""
