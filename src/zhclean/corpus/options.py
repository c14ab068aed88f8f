"""How a corpus run reads and writes, and what does the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhclean.errors import ConfigError

__all__ = ["ENGINES", "MAX_DOCUMENT", "Options"]

#: A document longer than this goes to quarantine. What a document says is judged by all of it,
#: so it can't be cleaned piece by piece, and the worst takes some 80 times its size in memory.
MAX_DOCUMENT: Final = 16 << 20

#: What can do the parts of a run; all of them give the same output.
ENGINES: Final = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus run reads and writes.

    `field`: the column or key that holds the text, in JSONL, CSV and Parquet.
    `format`: of all inputs, where the file names don't tell. `jobs`: processes.
    `limit`: UTF-8 bytes of the longest document or line; longer ones go to quarantine.
    `edits`: write edits and flags beside the texts. `engine`: one of `ENGINES`; `address`:
    of the Ray cluster, else Ray runs on this machine with `jobs` processors.
    """

    field: str = "text"
    format: str | None = None
    jobs: int = 1
    limit: int = MAX_DOCUMENT
    edits: bool = False
    engine: str = "local"
    address: str | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise ConfigError(f"unknown engine {self.engine!r} (there are {', '.join(ENGINES)})")
        if self.address is not None and self.engine != "ray":
            raise ConfigError("an address is of a Ray cluster: it needs engine='ray'")
