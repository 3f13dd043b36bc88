"""Debian's Postfix with a configuration, a queue and ports of its own."""

import collections
import email
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

USER, PASSWORD = "office@example.cn", "天书 s3cret"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Postfix:
    def __init__(self, folder: pathlib.Path, certificate, key):
        self.folder, self.boxes = folder, folder / "boxes"
        self.starttls, self.smtps = free_ports(2)
        # Debian's Postfix looks for the settings of SASL in its own folder of settings.
        for name in ("etc/sasl", "spool", "data", "boxes"):
            (folder / name).mkdir(parents=True)
        owner = pwd.getpwnam("postfix")
        shutil.chown(folder / "data", "postfix")
        shutil.chown(self.boxes, "postfix")
        subprocess.run(["saslpasswd2", "-c", "-p", "-f", folder / "etc/sasl/db", "-u", "example.cn", "office"],
                       input=PASSWORD.encode(), check=True)
        shutil.chown(folder / "etc/sasl/db", "postfix")
        (folder / "etc/sasl/smtpd.conf").write_text(
            f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {folder}/etc/sasl/db\n")
        boxes = ["wang", "grey", "editor"] + [f"{letter}{index:03}" for letter in "ps" for index in range(1000)]
        (folder / "etc/boxes").write_text("".join(f"{box}@example.cn {box}/\n" for box in boxes))
        (folder / "etc/access").write_text("/^nosuch@/ 550 5.1.1 User unknown\n/^grey@/ 450 4.2.0 Greylisted\n")
        (folder / "etc/main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = localhost.example.cn
mydestination =
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
virtual_mailbox_domains = example.cn
virtual_mailbox_base = {self.boxes}
virtual_mailbox_maps = texthash:{folder}/etc/boxes
virtual_uid_maps = static:{owner.pw_uid}
virtual_gid_maps = static:{owner.pw_gid}
virtual_minimum_uid = 100
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/etc/access, permit_sasl_authenticated, reject
message_size_limit = 3000000
smtpd_client_connection_rate_limit = 0
""")
        # Only virtual needs the rights of root, to write as the owner of a box.
        services = "\n".join(f"{name} unix {private} {'n' if name == 'virtual' else '-'} n {wake} {limit} {program}" for name, private, wake, limit, program in (
            ("cleanup", "n", "-", "0", "cleanup"), ("qmgr", "n", "300", "1", "qmgr"), ("rewrite", "-", "-", "-", "trivial-rewrite"),
            ("bounce", "-", "-", "0", "bounce"), ("defer", "-", "-", "0", "bounce"), ("trace", "-", "-", "0", "bounce"),
            ("verify", "-", "-", "1", "verify"), ("proxymap", "-", "-", "-", "proxymap"), ("virtual", "-", "-", "-", "virtual"),
            ("error", "-", "-", "-", "error"), ("retry", "-", "-", "-", "error"), ("anvil", "-", "-", "1", "anvil"),
            ("tlsmgr", "-", "1000?", "1", "tlsmgr"), ("scache", "-", "-", "1", "scache"), ("showq", "n", "-", "-", "showq")))
        (folder / "etc/master.cf").write_text(f"""127.0.0.1:{self.starttls} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
127.0.0.1:{self.smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_tls_security_level=encrypt
postlog unix-dgram n - n - 1 postlogd
{services}
""")
        self.postfix("start")
        for port in (self.starttls, self.smtps):
            self.wait_for(port)

    def postfix(self, command):
        result = subprocess.run(["postfix", "-c", self.folder / "etc", command], capture_output=True, text=True)
        if result.returncode:
            log = self.folder / "log"
            raise SystemExit(f"postfix {command}: {result.stderr}\n{log.read_text() if log.exists() else ''}")

    @staticmethod
    def wait_for(port):
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"nobody listens on {port}")

    def stop(self):
        self.postfix("stop")

    def settle(self):
        """Waits until everything that was taken is delivered."""
        for _ in range(300):
            queue = [p for name in ("incoming", "active", "deferred", "maildrop") for p in (self.folder / "spool" / name).rglob("*") if p.is_file()]
            if not queue:
                return
            time.sleep(0.1)
        raise SystemExit(f"the queue does not empty: {queue[:3]}\n{(self.folder / 'log').read_text()[-4000:]}")

    def messages(self):
        """Every delivered message, with the box that it lies in."""
        self.settle()
        for path in sorted(self.boxes.glob("*/new/*")):
            yield path.parts[-3], email.message_from_bytes(path.read_bytes())

    def counts(self):
        return collections.Counter(box for box, _ in self.messages())

    def clear(self):
        self.settle()
        for path in self.boxes.glob("*/new/*"):
            path.unlink()
