"""What the log says of itself, checked by other means than the hub's: RFC 6962 and RFC 9162 in a few
lines of Python, and Ed25519 by the openssl program."""

import base64
import dataclasses
import hashlib
import pathlib
import subprocess
import tempfile

ED25519_SEED = bytes.fromhex("302e020100300506032b657004220420")  # likewise of a private key
ED25519_PUBLIC_KEY = bytes.fromhex("302a300506032b6570032100")  # its DER, but for the 32 bytes


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\1" + left + right)


def root_of(leaves):
    """MTH of RFC 6962, section 2.1, over leaf hashes."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(root_of(leaves[:split]), root_of(leaves[split:]))


def shows_inclusion(index, size, leaf, proof, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    last = size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            leaf = node(leaf, sibling)
        index >>= 1
        last >>= 1
    return last == 0 and leaf == root


def shows_consistency(size1, size2, root1, root2, proof):
    """RFC 9162, section 2.1.4.2."""
    if size1 == size2:
        return not proof and root1 == root2
    if not 0 < size1 < size2 or not proof:
        return False
    if size1 & (size1 - 1) == 0:
        proof = [root1] + proof
    first, second = size1 - 1, size2 - 1
    while first & 1:
        first >>= 1
        second >>= 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if second == 0:
            return False
        if first & 1 or first == second:
            old = node(sibling, old)
            new = node(sibling, new)
            while not first & 1 and first:
                first >>= 1
                second >>= 1
        else:
            new = node(new, sibling)
        first >>= 1
        second >>= 1
    return second == 0 and old == root1 and new == root2


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def _key_of(verifier, kind):
    name, key_id, key = verifier.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    assert sha256(name.encode() + b"\n" + key)[:4].hex() == key_id and key[0] == kind
    return name, bytes.fromhex(key_id), key[1:]


def _signature_under(note, name, key_id):
    """The text of the note, and what this key put under it, without its id; b"" when it did not."""
    text, _, lines = note.rpartition("\n\n")
    found = [base64.b64decode(line.split(" ")[2], validate=True) for line in lines.splitlines()
             if line.startswith(f"— {name} ")]
    found = [signature[4:] for signature in found if signature[:4] == key_id]
    assert len(found) <= 1
    return text + "\n", b"".join(found)


def _check_ed25519(key, message, signature):
    with tempfile.TemporaryDirectory(prefix="noroshi-note-") as folder:
        folder = pathlib.Path(folder)
        (folder / "key").write_bytes(ED25519_PUBLIC_KEY + key)
        (folder / "text").write_bytes(message)
        (folder / "signature").write_bytes(signature)
        subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform",
                        "DER", "-rawin", "-in", "text", "-sigfile", "signature"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)


def opened(note, verifier):
    """The checkpoint in a signed note, once `verifier` ("<name>+<id>+<key>") has signed it."""
    name, key_id, key = _key_of(verifier, 1)
    text, signature = _signature_under(note, name, key_id)
    _check_ed25519(key, text.encode(), signature)
    origin, size, root = text.splitlines()
    return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))


def cosigned_at(note, witness):
    """When this witness cosigned the note (C2SP tlog-cosignature), Unix seconds; None: it has not."""
    name, key_id, key = _key_of(witness, 4)
    text, signature = _signature_under(note, name, key_id)
    if not signature:
        return None
    time = int.from_bytes(signature[:8], "big")
    _check_ed25519(key, f"cosignature/v1\ntime {time}\n{text}".encode(), signature[8:])
    return time


class Cosigner:
    """A witness that shares nothing with ours."""

    def __init__(self, name, seed):
        self._name, self._seed = name, seed
        key = b"\4" + self._openssl("pkey", "-pubout", "-outform", "DER")[-32:]
        self._id = sha256(name.encode() + b"\n" + key)[:4]
        self.key = f"{name}+{self._id.hex()}+{base64.b64encode(key).decode()}"

    def cosigned(self, note, time):
        """The note with a line more."""
        text = note.rpartition("\n\n")[0] + "\n"
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
        signature = self._openssl("pkeyutl", "-sign", "-rawin", "-in", "message", message=message)
        line = base64.b64encode(self._id + time.to_bytes(8, "big") + signature).decode()
        return f"{note}— {self._name} {line}\n"

    def _openssl(self, verb, *options, message=b""):
        key = ["-in"] if verb == "pkey" else ["-inkey"]
        form = ["-inform" if verb == "pkey" else "-keyform", "DER"]
        with tempfile.TemporaryDirectory(prefix="noroshi-note-") as folder:
            folder = pathlib.Path(folder)
            (folder / "key").write_bytes(ED25519_SEED + self._seed)
            (folder / "message").write_bytes(message)
            return subprocess.run(["openssl", verb, *key, "key", *form, *options], cwd=folder,
                                  check=True, stdout=subprocess.PIPE).stdout
