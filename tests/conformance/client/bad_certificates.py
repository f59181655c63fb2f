"""One bad client certificate a row. Each is signed by the hub's own authority unless the row says
otherwise, and pinned in the log like a good one: only its defect can be why it is refused."""

from .certificates import Authority, Credential, pem_of

def san(value):
    return {"extensions": {"subjectAltName": value}}


def uri_bytes(data):
    """A subjectAltName of one URI with these very bytes, in DER."""
    name = bytes([0x86, len(data)]) + data
    sequence = bytes([0x30, len(name)]) + name
    return san("DER:" + ":".join(f"{byte:02x}" for byte in sequence))


# What is spoilt in Authority.issue().
SPOILT = {
    "expired": {"start": -40 * 86400, "days": 30},
    "expired a minute ago": {"start": -86400 - 60, "days": 1},
    "not yet valid": {"start": 3600},
    "valid for 366 days": {"days": 366},
    "valid for ten years": {"days": 3650},
    "for servers only": {"extensions": {"extendedKeyUsage": "serverAuth"}},
    "without a purpose": {"extensions": {"extendedKeyUsage": None}},
    "for any purpose": {"extensions": {"extendedKeyUsage": "anyExtendedKeyUsage"}},
    "for clients and servers": {"extensions": {"extendedKeyUsage": "clientAuth,serverAuth"}},
    "an authority": {"extensions": {"basicConstraints": "critical,CA:TRUE",
                                    "keyUsage": "critical,keyCertSign,digitalSignature"}},
    "a key that may sign certificates": {
        "extensions": {"keyUsage": "critical,digitalSignature,keyCertSign"}},
    "a key that may not sign": {"extensions": {"keyUsage": "critical,keyAgreement"}},
    "without a use of its key": {"extensions": {"keyUsage": None}},
    "an RSA key": {"key": ("RSA", "rsa_keygen_bits:2048")},
    "a P-384 key": {"key": ("EC", "ec_paramgen_curve:P-384")},
    "a P-521 key": {"key": ("EC", "ec_paramgen_curve:P-521")},
    "a secp256k1 key": {"key": ("EC", "ec_paramgen_curve:secp256k1")},
    "P-256 with explicit parameters": {
        "key": ("EC", "ec_paramgen_curve:P-256", "ec_param_enc:explicit")},
    "an Ed25519 key": {"key": ("ED25519",)},
    "signed with SHA-1": {"digest": "sha1"},
    "signed with SHA-224": {"digest": "sha224"},
    "two identities": san("URI:noroshi:publisher:362018,URI:noroshi:publisher:362026"),
    "an identity twice": san("URI:noroshi:publisher:362018,URI:noroshi:publisher:362018"),
    "an identity and a host": san("URI:noroshi:publisher:362018,DNS:localhost"),
    "no name but the common name": {"extensions": {"subjectAltName": None}},
    "a host in place of an identity": san("DNS:noroshi.publisher.362018"),
    "an address in place of an identity": san("IP:127.0.0.1"),
    "an identity in an e-mail name": san("email:362018@noroshi.example"),
    "an identity in a directory name": {
        "extensions": {"subjectAltName": "otherName:1.2.3.4;UTF8:noroshi:publisher:362018"}},
    "a URI of another scheme": san("URI:https://noroshi/publisher/362018"),
    "urn: before it": san("URI:urn:noroshi:publisher:362018"),
    "capitals": san("URI:NOROSHI:publisher:362018"),
    "a role in capitals": san("URI:noroshi:Publisher:362018"),
    "a query behind it": san("URI:noroshi:publisher:362018?x=1"),
    "a fragment behind it": uri_bytes(b"noroshi:publisher:362018#x"),
    "percent-encoded": san("URI:noroshi:publisher:36%32018"),
    "a NUL behind it": uri_bytes(b"noroshi:publisher:362018\0"),
    "a NUL in it": uri_bytes(b"noroshi:publisher:362018\0.example.com"),
    "a dot behind it": san("URI:noroshi:publisher:362018."),
    "a blank behind it": uri_bytes(b"noroshi:publisher:362018 "),
    "a line break in it": uri_bytes(b"noroshi:publisher:362018\n"),
    "an asterisk": san("URI:noroshi:publisher:*"),
    "an operator": san("URI:noroshi:operator:operator"),
    "an empty id": uri_bytes(b"noroshi:publisher:"),
    "letters that look alike": uri_bytes("noroshi:publisher:３６２０１８".encode()),
    "a critical extension nobody knows": {"extensions": {"1.2.3.4.5": "critical,ASN1:NULL"}},
    "an extension nobody knows": {"extensions": {"1.2.3.4.5": "ASN1:NULL"}},
    "name constraints": {"extensions": {"nameConstraints": "critical,permitted;DNS:localhost"}},
    "policies": {"extensions": {"certificatePolicies": "1.2.3.4"}},
    "32 kB of extension": {"extensions": {"nsComment": "x" * 32_000}},
}


def tampered(hub, position):
    """A good one with one bit changed, `position` bytes from its end."""
    good = hub.stolen.issue()
    der = bytearray(good.der())
    der[-position] ^= 1
    path = good.certificate.with_suffix(".tampered.pem")
    path.write_bytes(pem_of(bytes(der)))
    return Credential(path, good.key)


def foreign(hub, name):
    return Authority.other(hub.scratch, name).issue()


def below_an_intermediate(hub, levels):
    """Through authorities that the hub's own has signed."""
    chain, authority = b"", hub.stolen
    for _ in range(levels):
        below = authority.issue(subject="/O=noroshi/CN=between", extensions={
            "basicConstraints": "critical,CA:TRUE", "keyUsage": "critical,keyCertSign",
            "extendedKeyUsage": None, "subjectAltName": None})
        chain = below.certificate.read_bytes() + chain
        authority = Authority(hub.scratch, below.certificate, below.key)
    leaf = authority.issue()
    together = leaf.certificate.with_suffix(".chain.pem")
    together.write_bytes(leaf.certificate.read_bytes() + chain)
    return Credential(together, leaf.key)


def with_many_behind_it(hub, count):
    good = hub.stolen.issue()
    together = good.certificate.with_suffix(".many.pem")
    together.write_bytes(good.certificate.read_bytes() +
                         hub.stolen.certificate.read_bytes() * count)
    return Credential(together, good.key)


MADE = {
    "self-signed": lambda hub: hub.stolen.issue(self_signed=True),
    "of another authority": lambda hub: foreign(hub, "/O=noroshi/CN=another"),
    "of another authority with our authority's name": lambda hub: foreign(
        hub, hub.stolen.subject() if hub.stolen.subject().startswith("/") else
        "/" + hub.stolen.subject().replace(", ", "/").replace(" = ", "=")),
    "a bit of the signature changed": lambda hub: tampered(hub, 5),
    "a bit of the extensions changed": lambda hub: tampered(hub, 120),
    "below an intermediate authority": lambda hub: below_an_intermediate(hub, 1),
    "below three intermediate authorities": lambda hub: below_an_intermediate(hub, 3),
    "a hundred certificates behind it": lambda hub: with_many_behind_it(hub, 100),
}
