"""A private authority and the certificates that it signs, by openssl."""

import pathlib
import subprocess


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Authority:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        folder.mkdir(parents=True)
        self.ca = folder / "ca.pem"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", self.ca,
                "-days", 30, "-subj", "/CN=Private authority",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def certificate(self, name, alternative="DNS:localhost,IP:127.0.0.1", expired=False, signed=True):
        """Paths of a certificate and its key."""
        pem, key, request = (self.folder / f"{name}.{ending}" for ending in ("pem", "key", "csr"))
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={alternative}\nbasicConstraints=CA:FALSE\n"
                              "keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\n")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        if not signed:
            openssl("x509", "-req", "-in", request, "-signkey", key, "-out", pem, "-days", 30, "-extfile", extensions)
            return pem, key
        database = self.folder / f"{name}.db"
        database.mkdir()
        (database / "index.txt").write_text("")
        (database / "serial").write_text("1001\n")
        configuration = database / "ca.cnf"
        configuration.write_text(f"""[ca]
default_ca=c
[c]
dir={database}
database={database}/index.txt
serial={database}/serial
new_certs_dir={database}
certificate={self.ca}
private_key={self.folder}/ca.key
default_md=sha256
policy=p
unique_subject=no
[p]
commonName=supplied
""")
        dates = ("20200101000000Z", "20200201000000Z") if expired else ("20200101000000Z", "20991231000000Z")
        openssl("ca", "-batch", "-config", configuration, "-in", request, "-out", pem, "-notext",
                "-startdate", dates[0], "-enddate", dates[1], "-extfile", extensions)
        return pem, key
