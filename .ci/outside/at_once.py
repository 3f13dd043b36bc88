"""Work at once: what takes the time is other programs, so threads are enough to keep all cores busy."""

import concurrent.futures
import os
import time

CORES = os.cpu_count() or 1


def each(function, items):
    """`function` of every item, in their order."""
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(function, items))


def run(checks):
    """Runs the checks, {name: function}, and says how long each took while the others ran."""

    def timed(check):
        name, function = check
        begin = time.monotonic()
        function()
        print(f"{name}: {time.monotonic() - begin:.1f} s", flush=True)

    with concurrent.futures.ThreadPoolExecutor(len(checks)) as pool:
        running = [pool.submit(timed, check) for check in checks.items()]
    # Whatever went wrong in one comes up here, after the others had their say.
    for one in running:
        one.result()
