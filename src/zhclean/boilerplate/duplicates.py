"""Near-duplicate texts: MinHash and locality-sensitive hashing, through datasketch.

datasketch is the extra `discover`. Its one trap here: `MinHash` hashes with SHA-1 of bytes and
a seed of its own, so results are the same in every process, unlike with the built-in `hash`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhclean.errors import ConfigError

__all__ = ["clusters"]

_SHINGLE: Final = 5
#: Shingles of one text; more of them change the estimate little.
_MOST_SHINGLES: Final = 4000
_PERMUTATIONS: Final = 128
#: Jaccard similarity from which two texts are copies of each other.
_SIMILAR: Final = 0.7


def clusters(texts: Sequence[str]) -> list[int]:
    """For each text the number of its cluster: the index of the first text like it.

    Raises `ConfigError` if datasketch is not installed.
    """
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        raise ConfigError("discover needs datasketch: pip install 'zhclean[discover]'") from None
    index = MinHashLSH(threshold=_SIMILAR, num_perm=_PERMUTATIONS)
    found: list[int] = []
    for number, text in enumerate(texts):
        shingles = {text[at : at + _SHINGLE] for at in range(max(1, len(text) - _SHINGLE + 1))}
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch(
            [one.encode("utf-8", "surrogatepass") for one in sorted(shingles)[:_MOST_SHINGLES]]
        )
        like = [int(key) for key in index.query(sketch)] if text else []
        found.append(found[min(like)] if like else number)
        index.insert(str(number), sketch)
    return found
