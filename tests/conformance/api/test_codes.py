"""The codes of problems: those the hub's sources answer with, those proto/api/openapi.yaml and
ops/docs/contract.md name, and those that have words for people are the same."""

import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from api import schemas

TOP = pathlib.Path(__file__).resolve().parents[3]
CODE = r'"([a-z]+[a-z.-]*)"'
# How a source says the code of a problem: with the status, as a refusal of admission, or chosen.
ANSWERS = (rf"\b[45]\d\d, {CODE}", rf"(?:Refusal|Objection)\{{\s*{CODE}",
           rf"\b(?:refuse|refusal|no)\(\s*{CODE}", rf"code = [^;]*?{CODE} : {CODE}")


def answered():
    """By code, the sources that answer with it."""
    found = {}
    for source in sorted((TOP / "hub").rglob("*.cpp")):
        text = source.read_text(encoding="utf-8")
        for pattern in ANSWERS:
            for match in re.finditer(pattern, text):
                for code in match.groups():
                    found.setdefault(code, set()).add(source.name)
    # Those of a document that is refused by itself: the contract of Verdict::code().
    header = (TOP / "proto/cap/validate.hpp").read_text(encoding="utf-8")
    promise = header[header.index("What the API answers"):header.index("std::string code()")]
    for code in re.findall(CODE, promise):
        found.setdefault(code, set()).add("validate.hpp")
    return found


def described():
    code = schemas.load("openapi.yaml")["components"]["schemas"]["Problem"]["properties"]["code"]
    return code["enum"]


class Codes(unittest.TestCase):
    def test_every_code_is_described_once_and_every_described_code_is_answered(self):
        codes, sources = described(), answered()
        self.assertEqual(len(codes), len(set(codes)))
        self.assertEqual(set(codes) - set(sources), set(), "described, and never answered")
        missing = {code: names for code, names in sources.items()
                   if code not in codes}
        self.assertEqual(missing, {}, "answered, and not described")

    def test_every_code_has_words(self):
        words = (TOP / "hub/api/words.cpp").read_text(encoding="utf-8")
        spoken = set(re.findall(rf"Entry\{{\s*{CODE}", words))
        self.assertEqual(set(described()) - spoken, set())

    def test_every_code_is_in_the_contract(self):
        contract = (TOP / "ops/docs/contract.md").read_text(encoding="utf-8")
        table = contract[contract.index("| status | `code` | when |"):]
        table = table[:table.index("\n\n")]
        self.assertEqual([code for code in described() if f"`{code}`" not in table], [])

    def test_what_to_try_again_later_is_named_where_it_is_described(self):
        responses = schemas.load("openapi.yaml")["components"]["responses"]
        self.assertIn("`rate.limited`", responses["limited"]["description"])
        for code in ("hub.busy", "journal.unavailable", "starting", "stopping"):
            self.assertIn(f"`{code}`", responses["unavailable"]["description"])
        for path, item in schemas.load("openapi.yaml")["paths"].items():
            for method in set(item) & {"get", "post"}:
                answers = item[method]["responses"]
                for status, name in (("429", "limited"), ("503", "unavailable")):
                    self.assertEqual(answers[status]["$ref"].split("/")[-1], name, (path, status))


if __name__ == "__main__":
    unittest.main()
