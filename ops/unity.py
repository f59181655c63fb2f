#!/usr/bin/env python3
"""Says which sources of one target may be compiled as one: ops/unity.py SOURCE...

Prints a group's number for each source, in order, separated by semicolons. Sources are kept apart
when both keep the same name to themselves (in their unnamed namespaces), or when one calls a function
or names a type that the other has a private one of. Of what a test's own headers name, all counts.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_A_GROUP_MAX = 12
OPENING, CLOSING = "namespace {", "}  // namespace"
WORDS_OF_THE_LANGUAGE = {"const", "constexpr", "auto", "template", "class", "struct", "enum", "using",
                         "inline", "static", "static_assert", "typename", "union", "TEST", "TEST_F", "TEST_P",
                         "INSTANTIATE_TEST_SUITE_P"}
WORD = re.compile(r"[A-Za-z_]\w*")
PLAIN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
CALLED_OR_TYPE = re.compile(r"(?<![\w.:>])(?:([a-z_]\w*)\(|([A-Z]\w*))")
# What a declaration names: the word before its parameters, initializer, bounds, body or end.
NAMED = re.compile(r"([A-Za-z_]\w*)(?=\s*(?:[({=\[;:]|final\b|$))")


def private_names(text):
    """The names that lines at the margin declare inside unnamed namespaces."""
    names, inside = set(), False
    for line in text.splitlines():
        if line == OPENING:
            inside = True
        elif line == CLOSING:
            inside = False
        elif inside and line[:1].isalpha():
            first = NAMED.search(re.sub(r"\w+::|<.*?>", "", line))
            names |= {first.group(1)} if first else set()
    return names - WORDS_OF_THE_LANGUAGE


def words_of_test_headers(source):
    for header in re.findall(r'^#include "(tests/[^"]+)"', Path(source).read_text(encoding="utf-8"), re.M):
        if (ROOT / header).is_file():
            yield from WORD.findall((ROOT / header).read_text(encoding="utf-8"))


def groups(sources):
    texts = [PLAIN.sub("", Path(source).read_text(encoding="utf-8")) for source in sources]
    private = [private_names(text) for text in texts]
    meant = [{call or kind for call, kind in CALLED_OR_TYPE.findall(text)} | set(words_of_test_headers(source))
             for text, source in zip(texts, sources)]
    made = []
    for i in range(len(sources)):
        fits = (group for group in made if len(group) < IN_A_GROUP_MAX
                and not any(private[i] & (private[j] | meant[j]) or private[j] & meant[i] for j in group))
        group = next(fits, None)
        if group is None:
            group = []
            made.append(group)
        group.append(i)
        yield made.index(group)


print(";".join(map(str, groups(sys.argv[1:]))))
