"""What a run has done so far, on disk, so that a killed run goes on where it stopped.

OUT/manifest.json    what is done under which configuration; written once, at the start
OUT/parts/NAME.json  the counts of a part; appears when its outputs are all in place
OUT/data/            the outputs
OUT/quarantine/      documents that could not be cleaned, JSON Lines with the reason
OUT/edits/           with `--edits`: edits and flags, JSON Lines
OUT/lock             held by the process that is writing
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import sleep
from typing import Any, Final

from zhclean.corpus.documents import Counts
from zhclean.corpus.locks import try_lock
from zhclean.corpus.parts import Part
from zhclean.errors import ConfigError
from zhclean.files import TEMPORARY_SUFFIX, write_atomic

__all__ = ["RunState"]

#: What it is called that a part of the configuration is another than it was.
_OTHERS: Final = {
    "zhclean": "another version of zhclean",
    "pipeline": "another pipeline",
    "packs": "other packs",
    "options": "other options",
    "parts": "other inputs",
}


class RunState:
    """The folder of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    @property
    def manifest(self) -> dict[str, Any]:
        """What the run was started with. Raises `ConfigError` where there is no run."""
        try:
            found = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        except FileNotFoundError:
            raise ConfigError(f"{self.folder}: no corpus run") from None
        except ValueError as error:
            raise ConfigError(f"{self.folder}/manifest.json: not JSON: {error}") from None
        if not isinstance(found, dict):
            raise ConfigError(f"{self.folder}/manifest.json: not a manifest")
        return found

    def begin(self, configuration: Mapping[str, Any], parts: list[Part]) -> None:
        """Start a run, or go on with one of the same configuration and inputs; inside `locked`.

        Raises `ConfigError` naming what differs.
        """
        manifest = {**configuration, "parts": [asdict(part) for part in parts]}
        manifest = json.loads(json.dumps(manifest))  # tuples are lists in JSON
        if not (self.folder / "manifest.json").exists():
            record = json.dumps(manifest, indent=1) + "\n"
            try:
                write_atomic(self.folder / "manifest.json", record.encode())
            finally:
                self.tidy()  # interrupted, too
        else:
            before = self.manifest
            for key in manifest:
                if before.get(key) != manifest[key]:
                    raise ConfigError(
                        f"{self.folder} holds a run with {_OTHERS[key]}; choose another output "
                        "folder, or remove this one"
                    )
        for folder in ("data", "parts"):
            (self.folder / folder).mkdir(exist_ok=True)
        self.tidy()

    def tidy(self) -> None:
        """Remove the unfinished files of processes that were killed.

        At the end of a run as well as at its start: a worker may outlive its killed parent.
        """
        for leftover in self.folder.rglob("*" + TEMPORARY_SUFFIX):
            leftover.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs off the folder; a killed run lets go by itself.

        Raises `ConfigError` if another process holds it, or if it is of something else.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "manifest.json").exists() and any(
            map(_is_foreign, self.folder.iterdir())
        ):
            raise ConfigError(f"{self.folder}: not empty, and no corpus run")
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            # The processes of a run that was killed end within a moment.
            for patience in (0.5, 0.5, 1, 0):
                if try_lock(descriptor):
                    break
                if not patience:
                    raise ConfigError(f"{self.folder}: another run is writing there")
                sleep(patience)
            yield
        finally:
            os.close(descriptor)

    def is_locked(self) -> bool:
        """Whether a run is writing there now."""
        try:
            descriptor = os.open(self.folder / "lock", os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            return not try_lock(descriptor, shared=True)
        finally:
            os.close(descriptor)

    def is_done(self, part: Part) -> bool:
        """Whether all outputs of a part are in place."""
        return (self.folder / "parts" / f"{part.name}.json").exists()

    def finish(self, part: Part, counts: Counts) -> None:
        """Record a part whose outputs are in place."""
        record = json.dumps(counts.to_dict()).encode()
        write_atomic(self.folder / "parts" / f"{part.name}.json", record)

    def totals(self) -> tuple[int, int, Counts]:
        """Parts done, parts in all, and the sums of the counts of those done.

        Raises `ConfigError` for records that are not as a run writes them.
        """
        total = Counts()
        done = 0
        path = self.folder / "manifest.json"
        try:
            names = [part["name"] for part in self.manifest["parts"]]
            for name in names:
                path = self.folder / "parts" / f"{name}.json"
                if path.exists():
                    total.add(Counts.from_dict(json.loads(path.read_text("utf-8"))))
                    done += 1
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{path}: not a record of a run: {error!r}") from None
        return done, len(names), total


def _is_foreign(path: Path) -> bool:
    """Whether a run that was killed before it had a manifest can't have left this in its folder."""
    unfinished = path.name.startswith(".manifest.json.") and path.name.endswith(TEMPORARY_SUFFIX)
    return path.name != "lock" and not unfinished
