"""How a corpus run reads and writes, and what does the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhclean.errors import ConfigError, unknown

__all__ = ["ENGINES", "INPUT_FORMATS", "MAX_DOCUMENT", "Options"]

#: A document longer than this goes to quarantine. What a document says is judged by all of it,
#: so it can't be cleaned piece by piece, and the worst takes some 80 times its size in memory.
MAX_DOCUMENT: Final = 16 << 20

#: What inputs may hold.
INPUT_FORMATS: Final = ("text", "jsonl", "csv", "parquet")

#: What can do the parts of a run; all of them give the same output.
ENGINES: Final = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus run reads and writes.

    `field`: the column or key that holds the text, in JSONL, CSV and Parquet.
    `format`: of all inputs, where the file names don't tell, one of `INPUT_FORMATS`.
    `jobs`: processes.
    `limit`: UTF-8 bytes of the longest document or line; longer ones go to quarantine.
    `edits`: write edits and flags beside the texts. `engine`: one of `ENGINES`; `address`:
    of the Ray cluster, else Ray runs on this machine with `jobs` processors. Raises
    `ConfigError` for what is none of these.
    """

    field: str = "text"
    format: str | None = None
    jobs: int = 1
    limit: int = MAX_DOCUMENT
    edits: bool = False
    engine: str = "local"
    address: str | None = None

    def __post_init__(self) -> None:
        if self.format is not None and self.format not in INPUT_FORMATS:
            raise unknown("format", self.format, INPUT_FORMATS)
        for name, number in (("jobs", self.jobs), ("limit", self.limit)):
            if number < 1:
                raise ConfigError(f"{name} must be at least 1, not {number}")
        if self.engine not in ENGINES:
            raise unknown("engine", self.engine, ENGINES)
        if self.address is not None and self.engine != "ray":
            raise ConfigError("an address is of a Ray cluster: it needs engine='ray'")
