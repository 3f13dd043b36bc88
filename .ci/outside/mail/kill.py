"""Sendings that are killed at every step, and started again until everyone has the issue."""

import collections
import random
import re

# Every system call by which a sending touches the server or the journal, and at which of its calls it is
# killed: before the first message, within one, between two.
STEPS = {"sendto": 2, "writev": 15, "recvfrom": 17, "fdatasync": 5, "write": 8}


def kill(office, number, names, chance):
    """One run that is killed when it does something for the nth time; whether it was."""
    call = chance.choice(sorted(STEPS))
    when = chance.randint(1, STEPS[call])
    result = office.send(before=["strace", "-f", "-qq", "-o", str(office.folder / "trace"), "-e", f"trace={call}",
                                 "-e", f"inject={call}:signal=SIGKILL:when={when}"])
    killed = result.returncode in (-9, 137)
    if killed:
        names[call] += 1
    elif result.returncode not in (0, 4):
        raise SystemExit(f"run {number}: exit {result.returncode}\n{result.stdout}{result.stderr}")
    return killed, result


def check(office, postfix, recipients, kills, seed):
    """Kills, starts again, counts at the server; prints the table; returns what is wrong."""
    chance, names, wrong = random.Random(seed), collections.Counter(), []
    postfix.clear()
    killed = runs = 0
    while killed < kills:
        runs += 1
        was_killed, result = kill(office, runs, names, chance)
        killed += was_killed
        if not was_killed and "没有要寄的" in result.stdout:
            break
    final = office.send()
    runs += 1
    if final.returncode not in (0, 4):
        wrong.append(f"the last run: exit {final.returncode}\n{final.stdout}{final.stderr}")
    states = office.states()
    unknown = {address for address, one in states.items() if one["state"] == "unknown"}
    named = set(re.findall(r"<([^>]+)>：[-0-9 :]+送出，没有答复", final.stdout))
    if named != unknown:
        wrong.append(f"named {sorted(named)}, unknown by the journal {sorted(unknown)}")
    counts = postfix.counts()
    table = collections.Counter()
    for address in recipients:
        count, kind = counts[address.split("@")[0]], "unknown" if address in unknown else "known"
        table[kind, count] += 1
        if kind == "known" and (count != 1 or states[address]["state"] != "sent"):
            wrong.append(f"{address}: {count} messages, {states[address]['state']}")
        if kind == "unknown" and count > 1:
            wrong.append(f"{address}: {count} messages of unknown fate")
    steps = ", ".join(f"{call} {number}" for call, number in sorted(names.items()))
    print(f"{len(recipients)} recipients, {killed} kills in {runs} runs ({steps}), seed {seed}")
    print("deliveries per recipient, counted at the server:")
    for (kind, count), number in sorted(table.items()):
        print(f"  fate {kind:8} {count} deliveries: {number:4} recipients")
    if killed < kills and unknown == set() and kills > 5:
        wrong.append(f"only {killed} kills: more recipients are needed")
    # What a person does then: asks, and sends again to those who have nothing.
    without = sorted(address for address in unknown if counts[address.split("@")[0]] == 0)
    if without:
        again = office.send("--resend-unknown", "--only", ",".join(without))
        after = postfix.counts()
        print(f"after --resend-unknown for the {len(without)} who had nothing: "
              f"{sum(after[a.split('@')[0]] == 1 for a in recipients)} of {len(recipients)} have exactly one")
        wrong += [f"{a}: {after[a.split('@')[0]]} messages in the end" for a in recipients if after[a.split("@")[0]] != 1]
        if "怎么办" in again.stdout:
            wrong.append(again.stdout)
    return wrong
