"""The nursery: a small process with one thread, from which workers are forked.

Python and the engine are loaded once, so a new worker costs milliseconds; and the server, which has threads and open
connections, is never forked itself. It does one thing at a time: the server asks, it answers.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import select
import signal
import socket
import sys
import traceback

from armsgraph.server.keeping import Warming
from armsgraph.server.working import WorkerPlan, run_worker

__all__ = ["main", "run_nursery"]

_MOST = 1024 * 1024
# Without a message for this long the nursery has time.
_QUIET_S = 0.5
# The engine recurses on nested queries; this is eight times what the system gives.
_STACK_BYTES = 64 * 1024 * 1024


def run_nursery(control: socket.socket) -> None:
    """Fork and bury workers as told, until the server hangs up.

    A message is a pickled pair of a word and what belongs to it: ("spawn", WorkerPlan) with the worker's end of a
    socket, or ("bury", pid) for one that has hung up. Each is answered with a JSON object on one line.
    """
    children: set[int] = set()
    warming = Warming()
    while True:
        if not warming.is_done and not select.select([control], [], [], _QUIET_S)[0]:
            warming.finish()
        data, descriptors, _, _ = socket.recv_fds(control, _MOST, 1)
        if not data:
            break
        word, what = pickle.loads(data)
        if word == "spawn":
            warming.begin(what)
            answer = _try_spawn(control, descriptors[0], what)
            children.add(answer["pid"])
        else:
            # one of an earlier nursery is not ours to wait for, and its number may be somebody else's by now
            answer = {"pid": what, "status": _bury(what) if what in children else 0}
            children.discard(what)
        control.sendall(json.dumps(answer).encode("ascii") + b"\n")
    for pid in children - {0}:
        _bury(pid)


def _try_spawn(control: socket.socket, descriptor: int, plan: WorkerPlan) -> dict[str, int]:
    """Return the number of a new worker, 0 if the system gives no process now."""
    try:
        return {"pid": _spawn(control, descriptor, plan)}
    except OSError:
        traceback.print_exc()
        os.close(descriptor)
        return {"pid": 0}


def _spawn(control: socket.socket, descriptor: int, plan: WorkerPlan) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    code = 70
    try:
        control.close()
        code = run_worker(socket.socket(fileno=descriptor), plan)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # no exit handlers of a process that this one is a copy of
        os._exit(code)


def _bury(pid: int) -> int:
    """End a worker for good and return its exit code, negative for a signal. Its number is not reused before this."""
    try:
        os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except (ProcessLookupError, ChildProcessError):
        return 0


def main() -> None:
    """Run the nursery on the socket whose number is the first argument."""
    for name in (signal.SIGINT, signal.SIGHUP):
        # sent to the whole group by a terminal; the server decides what they mean
        signal.signal(name, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (_STACK_BYTES if most < 0 else min(_STACK_BYTES, most), most))
    run_nursery(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
