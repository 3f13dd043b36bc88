"""The writing steps of a run, and a way to stop it at each of them: strace counts the calls that
touch a path, so a step is hit by name, not by chance."""

import re

CALLS = ("mkdir", "openat", "write", "fsync", "rename", "ftruncate")
LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
# The first path of a call: written out, or of the file that is open.
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
OPEN = re.compile(r"^\d+<((?:[^>\\]|\\.)*)>")


def steps(shelf, *arguments):
    """Runs the command and lists what it wrote: (call, path, how manieth such call)."""
    log = shelf.folder / "strace.log"
    before = ["strace", "-f", "-y", "--seccomp-bpf", "-s", "4096", "-o", log,
              "-e", "trace=" + ",".join(CALLS)]
    ended = shelf.run(*arguments, before=before)
    if ended.returncode:
        raise SystemExit(f"the run that is to be copied failed: {ended.stderr}")
    counts, found = {}, []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = LINE.match(line)
        if not match:
            continue
        thread, call, rest = match.groups()
        path = (OPEN.match(rest) or QUOTED.search(rest))
        if not path:
            continue
        path = decode(path.group(1))
        if not path.startswith(str(shelf.archive)):
            continue
        key = (thread, call, path)
        counts[key] = counts.get(key, 0) + 1
        # Reading changes nothing.
        if call == "openat" and "O_CREAT" not in rest:
            continue
        step = (call, path[len(str(shelf.archive)):].lstrip("/"), counts[key])
        if step not in found:
            found.append(step)
    return found


def decode(text):
    """strace writes bytes beyond ASCII in octal."""
    return text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1").decode("utf-8")


def stop(shelf, step, how):
    """What to put before the command: `how` happens at the step instead of the call."""
    call, path, number = step
    path = str(shelf.archive / path) if path else str(shelf.archive)
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-P", path, "-e", f"trace={call}",
            "-e", f"inject={call}:{how}:when={number}"]


def name(step, new):
    """What a step does; `new` is the bag that is put."""
    call, path, _ = step
    parts = path.split("/")
    if parts[0].startswith(".lock"):
        return "make the lock file"
    if path.endswith("ledger.txt"):
        return {"openat": "open the ledger", "ftruncate": "cut the ledger to whole lines",
                "write": "write the ledger's line", "fsync": "sync the ledger"}[call]
    aside = parts[0] == ".unfinished" and len(parts) > 1
    if call == "mkdir":
        return "make a folder aside" if aside else "make a folder of the archive"
    if call == "rename":
        return "rename into place"
    if aside:
        folder = len(parts) == 2 or parts[2:] == ["data"]
        tag = len(parts) > 2 and parts[2] != "data"
        kind = "folder" if folder else "tag file" if tag else "payload file"
        return {"openat": "create", "write": "write", "fsync": "sync"}[call] + f" a {kind} aside"
    return "sync the folder above the bag" if path == new.rsplit("/", 1)[0] else "sync a folder above"
