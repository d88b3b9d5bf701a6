"""Serve the site with live reload, and say so in one line once it answers."""

import errno
import runpy
import signal
import socket
import sys
import threading
import time

HOST, PORT = "127.0.0.1", 8000


def is_free() -> bool:
    """Whether the port can be had, asked the way the server will."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def announce() -> None:
    """Say where the site is, as soon as it is there: the first build comes before it."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, PORT)) == 0:
                break
        time.sleep(0.1)
    print(f"Serving on http://{HOST}:{PORT} with live reload; Ctrl-C ends it", flush=True)


def main() -> None:
    """Run the server until it is told to end."""
    if not is_free():
        sys.exit(f"error: port {PORT} of {HOST} is taken; end what listens there and try again")
    # Ended by `kill` as by Ctrl-C: MkDocs then clears its temporary folder away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=announce, daemon=True).start()
    sys.argv = ["mkdocs", "serve", "--quiet", "--dev-addr", f"{HOST}:{PORT}"]
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
