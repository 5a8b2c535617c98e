"""How the server listens: a thread is given a request that is there, and never waits for one that comes slowly.

Until its header is whole, and its body when that is small, a connection costs no thread: it waits beside the others in the main
loop, ``WITHIN`` seconds at most, and is closed. Whoever opens forty connections and sends them a letter at a time holds forty
connections, and nobody else. A body that is long, or that comes without saying how long, holds a thread while it is read: two of
them at once, no more. Whoever stops, or does not read his answer, is left after ``STALLED`` seconds; whoever has his last answer
and does not hang up is waited for in the main loop as well, where gunicorn would stop for him.
"""

from __future__ import annotations

import errno
import re
import socket
from functools import partial
from selectors import EVENT_READ
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

WITHIN, STALLED = 10, 20  # seconds
# Bytes. No browser sends a header that long, nor a form of ours a body. The socket has room for both.
LONGEST_HEADER, LONGEST_BODY = 16 * 1024, 32 * 1024
LONG_BODIES = 2
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})", re.IGNORECASE)
_UNTOLD = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)


class Listener(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._long_bodies = BoundedSemaphore(LONG_BODIES)

    def enqueue_req(self, conn: Any) -> None:
        """A connection that is new, or speaks again: to a thread when its request is there, else to wait for it."""
        if _is_there(conn):
            conn.data_ready = True
            super().enqueue_req(conn)
            return
        conn.timeout = monotonic() + WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """More of a request came; it stays among those that wait, with its first hour, until it is there."""
        if _is_there(conn):
            super().on_pending_socket_readable(conn, client)

    def handle_request(self, req: Any, conn: Any) -> bool:
        """In a thread: nobody holds it by sending nothing, or by reading nothing."""
        long = any(
            name in ("TRANSFER-ENCODING", "EXPECT") or (name == "CONTENT-LENGTH" and int(value) > LONGEST_BODY)
            for name, value in req.headers
        )
        if long and not self._long_bodies.acquire(blocking=False):
            return False  # closed: what no form of ours sends waits for no place
        conn.sock.settimeout(STALLED)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError as error:  # as if he had hung up
            raise ConnectionResetError(errno.ECONNRESET, "The caller stopped.") from error
        finally:
            if long:
                self._long_bodies.release()

    def finish_request(self, conn: Any, fs: Any) -> None:
        """In the main loop, when a thread has done: the caller who is to hang up has some seconds to do it."""
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # he has
            self.nr_conns -= 1
            conn.close()
            return
        conn.timeout = monotonic() + WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._on_last_words, conn))

    def _on_last_words(self, conn: Any, client: socket.socket) -> None:
        """What he says now is for nobody: closing on it would cut the answer that he is reading."""
        try:
            if client.recv(LONGEST_BODY):
                return
        except BlockingIOError:
            return
        except OSError:
            pass  # he hung up
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()


def _is_there(conn: Any) -> bool:
    """Is a request whole, or will nothing more come of it? Nothing is taken from the socket.

    When it is not, the socket is told to wake nobody before one more byte is there.
    """
    client: socket.socket = conn.sock
    client.setblocking(False)  # the thread makes it wait again
    # What was read beyond the request before is no longer in the socket.
    ahead: bytes = conn.parser.unreader.buf.getvalue() if conn.parser is not None else b""
    try:
        seen = client.recv(LONGEST_HEADER + LONGEST_BODY, socket.MSG_PEEK)
        ended = not seen
    except BlockingIOError:
        seen, ended = b"", False
    except OSError:
        return True  # gone: the thread sees it as well
    header, end, body = (ahead + seen).lstrip(b"\r\n").partition(_END)
    if not end and len(header) > LONGEST_HEADER:
        client.shutdown(socket.SHUT_RD)  # the thread that reads it finds its end at once
        ended = True
    told = _LENGTH.search(header)
    length = int(told[1]) if told and not _UNTOLD.search(header) else 0
    there = ended or (bool(end) and (len(body) >= length or length > LONGEST_BODY))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1 if there else len(seen) + 1)
    return there
