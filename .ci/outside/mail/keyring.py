"""The password in the system's keyring: GNOME's, the Secret Service of most Linux desktops. Every
command has a session of its own, so what is kept is kept on the disk, as between two days."""

from office import Office

# The daemon goes into the background before it has its name on the bus. Whoever asks for the name
# then has the bus start a second daemon, which outlives the session and holds our pipes.
UNLOCKED = """
printf %s session | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 99
tries=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
    string:org.freedesktop.secrets >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 200 ] || exit 98; sleep 0.05
done
exec "$@"
"""


def check(folder, postfix, ca, password, user):
    office = Office(folder, ["wang@example.cn"], postfix.starttls, "starttls", ca, user=user, more="  keyring: true\n")
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_RUNTIME_DIR": str(folder / "run")}
    (folder / "run").mkdir(mode=0o700)
    without = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/none"}
    session = ("env", *(f"{name}={value}" for name, value in home.items()), "dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh")
    wrong = []

    def see(what, result, code, *words):
        said = result.stdout + result.stderr
        print(f"{what}: exit {result.returncode}")
        if result.returncode != code or password in said or not all(word in said for word in words):
            wrong.append(f"keyring: {what}: exit {result.returncode}\n{said}")

    unreachable = ("env", *(f"{name}={value}" for name, value in (home | without).items()))
    see("no keyring", office.send(before=unreachable), 3, "用不了系统密码库", "password_file")
    see("nothing in it", office.send(before=session), 3, "密码库里没有", "hongtou send password")
    see("kept", office.run("send", "password", before=session, stdin=f"{password}\n"), 0, "已存进系统密码库")
    kept = [path for path in (folder / "data").rglob("*") if path.is_file()]
    if not kept or any(password.encode() in path.read_bytes() for path in kept):
        wrong.append(f"keyring: not kept, or not encrypted: {kept}")
    see("sent with it", office.send(before=session), 0)
    if postfix.counts()["wang"] != 1:
        wrong.append(f"keyring: {postfix.counts()}")
    see("forgotten", office.run("send", "password", "--forget", before=session), 0, "已从系统密码库删去")
    see("forgotten twice", office.run("send", "password", "--forget", before=session), 3, "密码库里没有")
    postfix.clear()
    return wrong
