"""Documents that must not pass: each gets the code of the contract, with the place where it is
known, and leaves nothing behind."""

import dataclasses
import time

from . import cap
from .hostile_hub import HostileTest

BYTES_MAX = 2 * 1024 * 1024
DEEP_SECONDS_MAX = 1.0


def swap(old, new, encoding="utf-8"):
    old, new = (x.encode(encoding) if isinstance(x, str) else x for x in (old, new))

    def spoil(document):
        assert document.count(old) >= 1, old
        return document.replace(old, new, 1)
    return spoil


def drop(name):
    def spoil(document):
        begin = document.index(b"<" + name + b">")
        end = document.index(b"</" + name + b">") + len(name) + 3
        return document[:begin] + document[end:]
    return spoil


def recoded(name, python_name):
    return lambda d: d.decode().replace("UTF-8", name, 1).encode(python_name)


def nested(depth):
    return lambda d: d[:d.index(b"<info>")] + b"<x>" * depth + b"</x>" * depth + b"</alert>"


POLYGON = "<polygon>34.0,134.5 34.1,134.5 34.1,134.6</polygon>"
ENTITIES = ("<!DOCTYPE alert [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
            "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>\n<alert")
EXTERNAL = "<!DOCTYPE alert [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<alert"

UNREADABLE = [
    ("empty", lambda d: b"", "xml.malformed"),
    ("noise", lambda d: bytes(range(1, 256)), None),
    ("JSON", lambda d: b'{"status":"Actual"}', "xml.malformed"),
    ("cut short", lambda d: d[:-12], "xml.malformed"),
    ("two roots", lambda d: d + b"<alert/>", "xml.malformed"),
    ("text behind the root", lambda d: d + b"more", "xml.malformed"),
    ("an attribute twice", swap("<info>", '<info a="1" a="2">'), "xml.malformed"),
    ("a tag closed by another", swap("</status>", "</scope>"), "xml.malformed"),
    ("a prefix nobody declared", swap("<info>", "<x:info>"), "xml.malformed"),
    ("a NUL reference", swap("Actual", "Actual&#0;"), "xml.malformed"),
    ("a NUL", swap("Actual", "Act\0ual"), None),
    ("an entity nobody declared", swap("Actual", "&actual;"), "xml.malformed"),
    ("an unescaped ampersand", swap("Actual", "Actual & more"), "xml.malformed"),
    ("cut UTF-8", swap("徳".encode(), "徳".encode()[:2]), "xml.encoding"),
    ("overlong UTF-8", swap("Actual", b"Act\xc1\xb5al"), "xml.encoding"),
    ("surrogates in UTF-8", swap("Actual", b"Act\xed\xa0\x80al"), "xml.encoding"),
    ("a charset nobody knows", swap("UTF-8", "EBCDIC-JP"), "xml.encoding"),
    ("UTF-7", swap("UTF-8", "UTF-7"), "xml.encoding"),
    ("said to be EUC-JP", swap("UTF-8", "EUC-JP"), "xml.encoding"),
    ("UTF-16 cut in a unit", lambda d: recoded("UTF-16", "utf-16")(d)[:-1], "xml.encoding"),
    ("DOCTYPE", swap("<alert", "<!DOCTYPE alert>\n<alert"), "xml.doctype"),
    ("external entity", swap("<alert", EXTERNAL), "xml.doctype"),
    ("entities that grow", swap("<alert", ENTITIES), "xml.doctype"),
    ("nested 65 deep", nested(64), "xml.depth"),
    ("nested 200,000 deep", nested(200_000), "xml.depth"),
]

BROKEN_RULES = [
    ("no identifier", drop(b"identifier"), 1),
    ("blank in the identifier", swap("jp-", "jp - "), 1),
    ("no sender", drop(b"sender"), 1),
    ("no sent", drop(b"sent"), 1),
    ("sent with Z", swap("+09:00</sent>", "Z</sent>"), 1),
    ("no scope", drop(b"scope"), 1),
    ("status of no list", swap("Actual", "actual"), 1),
    ("a comment inside a status word", swap("Actual", "Actual<!-- --> Exercise"), 1),
    ("CDATA adding to a status word", swap("Actual", "Actual<![CDATA[Exercise]]>"), 1),
    ("an element inside a status word", swap("Actual", "<b>Actual</b>"), 1),
    ("status twice", swap("<status>", "<status>Test</status><status>"), 1),
    ("elements out of order", lambda d: swap("<info>", "<scope>Public</scope><info>")(
        drop(b"scope")(d)), 1),
    ("foreign element", swap("<info>", '<x xmlns="urn:x">y</x><info>'), 1),
    ("stray text", swap("<info>", "stray<info>"), 1),
    ("attribute", swap("<status>", '<status x="y">'), 1),
    ("CAP 1.1", swap(":cap:1.2", ":cap:1.1"), 1),
    ("no namespace", swap(f' xmlns="{cap.NAMESPACE}"', ""), 1),
    ("Update without references", swap(">Alert<", ">Update<"), 1),
    ("no info", lambda d: d[:d.index(b"<info>")] + b"</alert>", 1),
    ("urgency of no list", swap("Immediate", "Soon"), 1),
    ("open ring", swap("</areaDesc>", "</areaDesc>" + POLYGON), 1),
    ("blank areaDesc", swap("<areaDesc>徳島県徳島市<", "<areaDesc> <"), 1),
    ("three at once", lambda d: drop(b"urgency")(drop(b"sender")(swap("Actual", "Real")(d))), 3),
    ("Draft", swap("Actual", "Draft"), 0),
    ("Ack", lambda d: swap("<info>", "<references>a,b,2026-01-01T00:00:00+09:00</references>"
                           "<info>")(swap(">Alert<", ">Ack<")(d)), 0),
]


class DocumentTest(HostileTest):
    def refused(self, spoil, media_type="application/cap+xml", **fields):
        order = self.hostile.order()
        self.hostile.refused.append(order.identifier)
        with self.hostile.city() as api:
            return api.publish(spoil(cap.document(order)), media_type, fields)

    def test_what_cannot_be_read_is_told_from_what_breaks_rules(self):
        for name, spoil, code in UNREADABLE:
            with self.subTest(name):
                answer = self.refused(spoil)
                self.assert_problem(answer, 400, code)
                if code is None:
                    self.assertIn(answer.code, ("xml.malformed", "xml.encoding"))

    def test_a_malformed_document_names_the_place(self):
        findings = self.assert_problem(self.refused(swap("</status>", "</scope>")), 400)
        self.assertTrue(findings, "no finding")
        self.assertEqual(findings[0]["line"], 2)
        self.assertGreater(findings[0]["column"], 1)

    def test_every_broken_rule_is_listed_with_its_place(self):
        for name, spoil, at_least in BROKEN_RULES:
            with self.subTest(name):
                answer = self.refused(spoil)
                findings = self.assert_problem(answer, 422, "alert.invalid")
                errors = [f for f in findings if f["severity"] == "error"]
                self.assertGreaterEqual(len(errors), at_least, findings)
                for finding in errors[:at_least]:
                    self.assertRegex(finding["rule"], r"^cap\.R\d{3}")
                    self.assertTrue(finding["path"].startswith("/"), finding)
                    self.assertGreaterEqual(finding["line"], 1)
                    self.assertGreaterEqual(finding["column"], 1)

    def test_the_place_is_that_of_the_element(self):
        answer = self.refused(lambda d: d.replace(b"<urgency>Immediate", b"\n\n  <urgency>Soon"))
        findings = self.assert_problem(answer, 422, "alert.invalid")
        urgency, = (f for f in findings if "urgency" in f["path"])
        self.assertEqual(urgency["rule"], "cap.R034")
        self.assertEqual((urgency["line"], urgency["column"]), (4, 3))

    def test_messages_come_in_the_language_asked_for(self):
        spoil = swap("Immediate", "Soon")
        said = {}
        for language in ("ja", "en"):
            answer = self.refused(spoil, **{"Accept-Language": language})
            findings = self.assert_problem(answer, 422, "alert.invalid")
            said[language] = findings[0]["message"]
        self.assertRegex(said["ja"], "[ぁ-ん]")
        self.assertNotRegex(said["en"], "[ぁ-んァ-ン一-龥]")

    def test_status_and_scope_of_other_paths_are_refused_by_name(self):
        for status in ("Exercise", "Test", "System"):
            with self.subTest(status):
                self.assert_problem(self.refused(swap("Actual", status)), 403, "auth.status")
        private = swap("<scope>Public</scope>", "<scope>Private</scope><addresses>a</addresses>")
        restricted = swap("<scope>Public</scope>",
                          "<scope>Restricted</scope><restriction>r</restriction>")
        for name, spoil in (("Private", private), ("Restricted", restricted)):
            with self.subTest(name):
                self.assert_problem(self.refused(spoil), 403, "auth.scope")

    def test_size_is_limited(self):
        too_large = self.refused(lambda d: d + b" " * (BYTES_MAX + 1 - len(d)))
        self.assert_problem(too_large, 413, "too-large")

    def test_the_largest_document_is_still_taken(self):
        document = cap.document(self.hostile.order())
        document += b" " * (BYTES_MAX - len(document))
        with self.hostile.city() as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body[:300])
        sequence = answer.json()["sequence"]
        self.hostile.accepted[sequence] = document
        self.assertEqual(self.hostile.healthy.content_of(sequence), document)

    def test_depth_is_refused_quickly(self):
        begun = time.monotonic()
        self.assert_problem(self.refused(nested(290_000)), 400, "xml.depth")
        self.assertLess(time.monotonic() - begun, DEEP_SECONDS_MAX)

    def test_media_types(self):
        for media_type in ("application/json", "text/plain", "text/html", "application/xml+cap",
                           "multipart/form-data; boundary=x", "*/*", ""):
            with self.subTest(media_type):
                self.assert_problem(self.refused(lambda d: d, media_type), 415, "media-type")
        for media_type in ("application/xml", "text/xml", "Application/CAP+XML; charset=utf-8"):
            with self.subTest(media_type), self.hostile.city() as api:
                document = cap.document(self.hostile.order())
                answer = api.publish(document, media_type)
                self.assertEqual(answer.status, 201, answer.body)
                self.hostile.accepted[answer.json()["sequence"]] = document

    def test_a_charset_beside_the_document_must_agree(self):
        answer = self.refused(lambda d: d, "application/xml; charset=Shift_JIS")
        self.assert_problem(answer, 400, "xml.encoding")

    def test_other_charsets_are_taken_and_kept_as_they_came(self):
        for name, python_name in [("UTF-16", "utf-16"), ("Shift_JIS", "cp932"),
                                  ("EUC-JP", "euc_jp")]:
            with self.subTest(name), self.hostile.city() as api:
                document = recoded(name, python_name)(cap.document(self.hostile.order()))
                answer = api.publish(document)
                self.assertEqual(answer.status, 201, answer.body)
                sequence = answer.json()["sequence"]
                self.hostile.accepted[sequence] = document
                self.assertEqual(self.hostile.healthy.content_of(sequence), document)
                self.assertEqual(api.accepted_bytes(sequence).body, document)

    def test_a_refused_alert_reserves_nothing(self):
        order = self.hostile.order()
        with self.hostile.city() as api:
            spoilt = swap("Immediate", "Soon")(cap.document(order))
            self.assert_problem(api.publish(spoilt), 422, "alert.invalid")
        self.hostile.accept(self, dataclasses.replace(order, remark="正しい"))
