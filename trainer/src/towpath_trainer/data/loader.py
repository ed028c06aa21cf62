"""Reads ahead in a thread of its own, so that the device does not wait for data, and measures how long it does."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Loader(Generic[T]):
    """What `read` makes of each number, in their order, at most `depth` ahead of the one that is taken.

    An error of `read` is raised where its result would be taken. Use it in a `with`, or call `close`: a reader that
    is left waiting keeps its thread.
    """

    def __init__(self, read: Callable[[int], T], numbers: Iterable[int], depth: int = 4) -> None:
        """Start reading."""
        self.waited = 0.0
        """Seconds that the taker has waited for data, in all."""
        self._ready: queue.Queue[tuple[int, T] | BaseException | None] = queue.Queue(max(1, depth))
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(read, iter(numbers)), name="loader", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[tuple[int, T]]:
        """Yield (number, what `read` made of it)."""
        while not self._closed.is_set():
            begun = time.perf_counter()
            item = self._ready.get()
            self.waited += time.perf_counter() - begun
            if item is None or isinstance(item, BaseException):
                self.close()
                if item is not None:
                    raise item
                return
            yield item

    def close(self) -> None:
        """Stop reading and end the thread."""
        self._closed.set()
        # The thread may stand in `put`: room lets it see that it is over.
        while self._thread.is_alive():
            try:
                self._ready.get_nowait()
            except queue.Empty:
                self._thread.join(0.01)

    def __enter__(self) -> Self:
        """Enter the `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _run(self, read: Callable[[int], T], numbers: Iterator[int]) -> None:
        try:
            for number in numbers:
                if self._closed.is_set():
                    return
                self._ready.put((number, read(number)))
            self._ready.put(None)
        except BaseException as error:
            self._ready.put(error)
