"""What the checks found: one line for each thing looked at, a table at the end."""

import subprocess


class Report:
    """Collects results; failures are printed when they are found."""

    def __init__(self, quiet=False):
        self.rows = []
        self.notes = []
        self.quiet = quiet

    def add(self, check, subject, ok, detail=""):
        """Records that `check` found `subject` good or not."""
        self.rows.append((check, subject, bool(ok), detail))
        if not ok and not self.quiet:
            print(f"FAIL {check}: {subject}: {detail}", flush=True)

    def note(self, check, text):
        """A figure worth reading, such as the greatest deviation that was seen."""
        self.notes.append((check, text))

    def failed(self, check=None):
        """The failures, of one check or of all."""
        return [row for row in self.rows if not row[2] and check in (None, row[0])]

    def print_table(self):
        """A line for each check, its figures under it, and the line that counts."""
        print(f"\n{'check':28}{'passed':>8}{'failed':>8}")
        for check in dict.fromkeys(row[0] for row in self.rows):
            results = [row[2] for row in self.rows if row[0] == check]
            print(f"{check:28}{results.count(True):8}{results.count(False):8}")
            for name, text in self.notes:
                if name == check:
                    print(f"    {text}")
        results = [row[2] for row in self.rows]
        print(f"{results.count(True)} passed, {results.count(False)} failed")


def output(command, allowed=(0,)):
    """What a program prints; an exit code that is not allowed raises."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[:500]}")
    return done.stdout
