"""Signed alerts to the real hub, signed by Debian's xmlsec1 program.

    test_signature.py --hub BIN
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import HubProcess
from client.registration import add_publisher

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TEMPLATE = (
    f'<Signature xmlns="{XMLDSIG}"><SignedInfo><CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
    '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
    f'<Reference URI=""><Transforms><Transform Algorithm="{XMLDSIG}enveloped-signature"/>'
    f'<Transform Algorithm="{EXCLUSIVE}"/></Transforms>'
    '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>'
    '</SignedInfo><SignatureValue/></Signature>')


class SignatureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-signature-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], cls.folder / "hub")
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        for name in ("city", "other", "stranger"):
            cls.make_key(name)
        cls.tokens = {code: add_publisher(cls.hub, code, code, [SENDER], ["362018"])
                      for code in ("pinned", "strict", "plain")}
        cls.door = cls.hub.start()
        for code in ("pinned", "strict"):
            cls.hub.verb("publisher", "key", code, "add", "city-2026", str(cls.folder / "city.pem"))
        cls.hub.verb("publisher", "set", "strict", "--signature-required")

    @classmethod
    def make_key(cls, name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-subj", f"/CN={name}", "-days", "2", "-keyout", cls.folder / f"{name}.key",
             "-out", cls.folder / f"{name}.pem"], check=True, capture_output=True)

    def order(self, **more):
        return cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4, **more))

    def signed(self, document, name):
        unsigned, out = self.folder / "unsigned.xml", self.folder / "signed.xml"
        unsigned.write_bytes(document.replace(b"</alert>", TEMPLATE.encode() + b"</alert>"))
        subprocess.run(["xmlsec1", "--sign", "--privkey-pem", self.folder / f"{name}.key",
                        "--output", out, unsigned], check=True, capture_output=True)
        return out.read_bytes()

    def post(self, document, code="pinned", language="en"):
        with Api(self.door, self.tokens[code]) as api:
            return api.publish(document, fields={"Accept-Language": language})

    def accepted(self, document, code="pinned"):
        """What the hub then knows of it."""
        answer = self.post(document, code)
        self.assertEqual(answer.status, 201, answer.body)
        sequence = answer.json()["sequence"]
        with Api(self.door, self.tokens[code]) as api:
            return api.request("GET", f"/v1/alerts/{sequence}", None,
                               {"Accept": "application/json"}).json()

    def assert_refused(self, answer, words):
        self.assertEqual((answer.status, answer.code), (422, "alert.invalid"), answer.body)
        findings = [found for found in answer.json()["findings"] if found["severity"] == "error"]
        self.assertEqual([found["rule"] for found in findings], ["cap.R080"])
        self.assertIn(words, findings[0]["message"])
        return findings[0]

    def test_who_signed_is_told(self):
        known = self.accepted(self.signed(self.order(), "city"))
        self.assertEqual(known["signed_by"], "city-2026")
        self.assertNotIn("cap.R080", known["warnings"])

    def test_a_document_for_a_worker_is_verified_too(self):
        document = self.signed(self.order(remark="水位。" * 20_000), "city")
        self.assertGreater(len(document), 64 * 1024)
        self.assertEqual(self.accepted(document)["signed_by"], "city-2026")

    def test_a_signature_nobody_can_check_only_warns(self):
        known = self.accepted(self.signed(self.order(), "city"), "plain")
        self.assertEqual(known["signed_by"], "")
        self.assertIn("cap.R080", known["warnings"])

    def test_wrong_signatures_are_refused_with_their_place_in_either_language(self):
        good = self.signed(self.order(), "city")
        changed = good.replace("危険な場所から全員避難".encode(), "自宅で待機".encode())
        self.assertNotEqual(changed, good)
        finding = self.assert_refused(self.post(changed), "changed after it was signed")
        self.assertEqual(finding["path"], "/alert/Signature[1]")
        self.assertGreater(finding["line"], 0)
        self.assert_refused(self.post(changed, language="ja"), "署名の後で文書が変わっています")
        self.assert_refused(self.post(self.signed(self.order(), "stranger")), "No registered key")

    def test_needed_means_needed(self):
        self.assert_refused(self.post(self.order(), "strict"), "There is no signature")
        commented = self.signed(self.order(), "city").replace(b"<info>", b"<info><!-- -->", 1)
        self.assert_refused(self.post(commented, "strict"), "comment")
        self.assertEqual(self.accepted(self.signed(self.order(), "city"), "strict")["signed_by"],
                         "city-2026")

    def test_a_key_counts_from_its_registration_to_its_removal(self):
        document = self.signed(self.order(), "other")
        self.assert_refused(self.post(document), "No registered key")
        self.hub.verb("publisher", "key", "pinned", "add", "other-1", str(self.folder / "other.pem"))
        self.assertEqual(self.accepted(document)["signed_by"], "other-1")
        self.assertIn("other-1\tP-256\tCN=other", self.hub.verb("publisher", "key", "pinned", "list"))
        self.hub.verb("publisher", "key", "pinned", "remove", "other-1", "--reason", "lost")
        self.assert_refused(self.post(self.signed(self.order(), "other")), "No registered key")
        self.assertEqual(self.post(document).status, 200, "the same bytes are the same alert")


if __name__ == "__main__":
    at = sys.argv.index("--hub")
    os.environ["NOROSHI_HUB_BINARY"] = os.path.abspath(sys.argv[at + 1])
    unittest.main(argv=[sys.argv[0], *sys.argv[1:at], *sys.argv[at + 2:]], verbosity=2)
