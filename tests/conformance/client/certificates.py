"""Client certificates of every kind, made with the openssl program: good ones, and ones spoilt in
one place each."""

import base64
import dataclasses
import hashlib
import itertools
import pathlib
import re
import subprocess

OPENSSL_SECONDS_MAX = 60
_numbers = itertools.count(1)


def openssl(*words, data=None):
    done = subprocess.run(["openssl", *words], input=data, capture_output=True,
                          timeout=OPENSSL_SECONDS_MAX)
    if done.returncode != 0:
        raise AssertionError(f"openssl {' '.join(words)}: {done.stderr.decode()}")
    return done.stdout


def der_of(pem):
    body = re.search(rb"-----BEGIN CERTIFICATE-----(.+?)-----END", pem, re.S).group(1)
    return base64.b64decode(body)


def pem_of(der):
    text = base64.encodebytes(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n".encode()


@dataclasses.dataclass(frozen=True)
class Credential:
    """Files a TLS client uses; `certificate` may hold a chain."""
    certificate: pathlib.Path
    key: pathlib.Path

    def der(self):
        return der_of(self.certificate.read_bytes())


GOOD_EXTENSIONS = {
    "basicConstraints": "critical,CA:FALSE",
    "keyUsage": "critical,digitalSignature",
    "extendedKeyUsage": "clientAuth",
    "subjectAltName": "URI:noroshi:publisher:362018",
    "subjectKeyIdentifier": "hash",
    "authorityKeyIdentifier": "keyid:always",
}
P256 = ("EC", "ec_paramgen_curve:P-256")


class Authority:
    """Somebody who signs: the hub's own authority, whose key was stolen, or another."""

    def __init__(self, scratch, certificate, key):
        self.scratch = pathlib.Path(scratch)
        self.certificate = pathlib.Path(certificate)
        self.key = pathlib.Path(key)

    @classmethod
    def other(cls, scratch, name):
        """Self-made, with any subject."""
        number = next(_numbers)
        key = pathlib.Path(scratch) / f"other-{number}.key"
        certificate = pathlib.Path(scratch) / f"other-{number}.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", str(key), "-out", str(certificate), "-subj", name, "-days", "30",
                "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        return cls(scratch, certificate, key)

    def subject(self):
        return openssl("x509", "-in", str(self.certificate), "-noout", "-subject", "-nameopt",
                       "compat").decode().split("=", 1)[1].strip()

    def issue(self, key=P256, extensions=None, subject="/O=noroshi/CN=362018", start=-300,
              days=30.0, digest="sha256", serial=None, self_signed=False, key_file=None):
        """`extensions` changes the good ones; None leaves one out. `start` is in seconds from now,
        `key` a type and its parameters for genpkey."""
        number = next(_numbers)
        stem = self.scratch / f"client-{number}"
        files = {name: stem.with_suffix("." + name) for name in ("key", "csr", "cnf", "pem")}
        if key_file is None:
            options = itertools.chain.from_iterable(("-pkeyopt", value) for value in key[1:])
            openssl("genpkey", "-algorithm", key[0], *options, "-out", str(files["key"]))
        else:
            files["key"] = key_file
        openssl("req", "-new", "-key", str(files["key"]), "-subj", subject, "-out",
                str(files["csr"]))
        lines = {**GOOD_EXTENSIONS, **(extensions or {})}
        text = "[v3]\n" + "".join(f"{name}={value}\n" for name, value in lines.items()
                                  if value is not None)
        _write_config(files["cnf"], text, self, files["pem"].with_suffix(".db"), digest, number)
        signer = (["-selfsign", "-keyfile", str(files["key"])] if self_signed else
                  ["-keyfile", str(self.key), "-cert", str(self.certificate)])
        if serial is not None:
            files["pem"].with_suffix(".serial").write_text(serial + "\n")
        openssl("ca", "-batch", "-notext", "-config", str(files["cnf"]), "-in",
                str(files["csr"]), "-out", str(files["pem"]), *signer, "-md", digest,
                "-startdate", _time(start), "-enddate", _time(start + int(days * 86400) - 1),
                "-extensions", "v3")
        return Credential(files["pem"], files["key"])


def _write_config(path, extensions, authority, database, digest, number):
    database.write_text("")
    database.with_suffix(".db.attr").write_text("unique_subject = no\n")
    serial = path.with_suffix(".serial")
    serial.write_text(f"{0x40000000 + number:08X}{hash_of(path.name)}\n")
    path.write_text(
        f"[ca]\ndefault_ca=here\n[here]\ndatabase={database}\nserial={serial}\n"
        f"new_certs_dir={authority.scratch}\ndefault_md={digest}\npolicy=any\n"
        "email_in_dn=no\nunique_subject=no\n[any]\norganizationName=optional\n"
        f"commonName=optional\n{extensions}")


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16].upper()


def _time(seconds_from_now):
    import time
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + seconds_from_now))


def facts(credential):
    """What the hub pins: serial, hashes and validity, read by another program than the hub."""
    path = str(credential.certificate)
    printed = openssl("x509", "-in", path, "-noout", "-serial", "-startdate", "-enddate",
                      "-dateopt", "iso_8601").decode()
    serial = re.search(r"serial=-?([0-9A-F]+)", printed).group(1).lower()
    times = [_unix_ms(found) for found in re.findall(r"not(?:Before|After)=(.+)", printed)]
    public = openssl("x509", "-in", path, "-noout", "-pubkey")
    info = openssl("pkey", "-pubin", "-outform", "DER", data=public)
    return {"serial": serial, "key_sha256": hashlib.sha256(info).hexdigest(),
            "certificate_sha256": hashlib.sha256(credential.der()).hexdigest(),
            "from_ms": times[0], "until_ms": times[1] + 1000}


def _unix_ms(text):
    import calendar
    import time
    return calendar.timegm(time.strptime(text.strip(), "%Y-%m-%d %H:%M:%SZ")) * 1000
