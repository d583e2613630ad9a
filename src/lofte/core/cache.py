"""A cache in files that counts right: processes share it, and what it counts is not thrown out for lack of room.

Django's own file cache keeps 300 entries, reads and writes a counter in two steps, and forgets when it was to expire.
"""

from __future__ import annotations

import fcntl
import pickle
import secrets
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.cache.backends.filebased import FileBasedCache

# Looking for what has expired means reading the folder: once in so many writes is enough.
TIDY_ONE_IN = 200


class SharedFileCache(FileBasedCache):
    """`add` and `incr` are whole: of two processes one comes second, and sees what the first one did."""

    # Names of Django's class that its stubs leave out.
    _dir: str
    _key_to_file: Callable[[str, int | None], str]
    _list_cache_files: Callable[[], list[str]]
    _is_expired: Callable[[IO[bytes]], bool]

    def add(self, key: str, value: Any, *args: Any, **options: Any) -> bool:
        with self._alone():
            return bool(super().add(key, value, *args, **options))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count up; the entry expires when it was to expire before."""
        with self._alone():
            expires, value = self._read(key, version)
            count = int(value) + delta
            left = None if expires is None else max(expires - time.time(), 0.001)
            self.set(key, count, timeout=left, version=version)
            return count

    def _read(self, key: str, version: int | None) -> tuple[float | None, Any]:
        try:
            with Path(self._key_to_file(key, version)).open("rb") as file:
                expires = pickle.load(file)  # noqa: S301 our own folder, written by this class alone
                if expires is None or expires > time.time():
                    return expires, pickle.loads(zlib.decompress(file.read()))  # noqa: S301
        except FileNotFoundError:
            pass
        raise ValueError(f"Key {key!r} not found")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = Path(self._dir)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _cull(self) -> None:
        """Now and then take away what has expired; only a folder that is full even so loses more."""
        if secrets.randbelow(TIDY_ONE_IN):
            return
        for name in self._list_cache_files():
            try:
                with open(name, "rb") as file:
                    self._is_expired(file)  # takes the file away when it is
            except FileNotFoundError:
                continue
        super()._cull()  # type: ignore[misc] # a private name of Django's class
