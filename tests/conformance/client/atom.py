"""Atom feeds, read strictly: what RFC 4287 and RFC 5005 ask for is checked on the way."""

import dataclasses
import re
import xml.etree.ElementTree as ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MEDIA_TYPE = "application/atom+xml"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated", "summary")}
_KNOWN = {"feed": {"id", "title", "updated", "author", "link", "generator", "entry"},
          "entry": {"id", "title", "updated", "published", "author", "link", "category", "summary"}}


@dataclasses.dataclass(frozen=True)
class Entry:
    id: str
    title: str
    updated: str
    summary: str
    author: str
    links: dict       # href by relation
    categories: dict  # (term, label) by scheme
    cap: dict         # text by name, of what is there once

    @property
    def sequence(self):
        return int(self.links["alternate"].rsplit("/", 1)[1])


@dataclasses.dataclass(frozen=True)
class Feed:
    id: str
    title: str
    language: str
    updated: str
    links: dict
    entries: tuple

    def sequences(self):
        return [entry.sequence for entry in self.entries]


def read(document):
    """`document` in bytes; AssertionError says what is wrong with it."""
    assert document.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    root = ElementTree.fromstring(document)
    assert root.tag == ATOM + "feed", root.tag
    _check(root, "feed")
    entries = tuple(_entry(element) for element in root.findall(ATOM + "entry"))
    ids = [entry.id for entry in entries]
    assert len(set(ids)) == len(ids), "section 4.1.1: the same entry twice"
    return Feed(_text(root, "id"), _text(root, "title"), root.get(XML + "lang"),
                _text(root, "updated"), _links(root), entries)


def _check(element, kind):
    for name in _ONCE[kind]:
        found = element.findall(ATOM + name)
        assert len(found) == 1, f"{kind}: {len(found)} {name}"
        assert found[0].text and found[0].text.strip(), f"{kind}: empty {name}"
        assert len(found[0]) == 0, f"{kind}: {name} is plain text"
    for child in element:
        if child.tag.startswith(ATOM):
            assert child.tag[len(ATOM):] in _KNOWN[kind], child.tag
    assert _ABSOLUTE.fullmatch(_text(element, "id")), "section 4.2.6: an absolute IRI"
    for name in ("updated", "published"):
        for time in element.findall(ATOM + name):
            assert _TIME.fullmatch(time.text), time.text
    authors = element.findall(ATOM + "author")
    assert authors and all(_text(author, "name").strip() for author in authors)
    relations = [(link.get("rel"), link.get("type")) for link in element.findall(ATOM + "link")]
    assert len(set(relations)) == len(relations), relations


def _entry(element):
    _check(element, "entry")
    links = _links(element)
    assert "alternate" in links, "section 4.1.2: no content, so an alternate link"
    cap = {child.tag[len(CAP):]: child.text for child in element if child.tag.startswith(CAP)}
    categories = {category.get("scheme"): (category.get("term"), category.get("label"))
                  for category in element.findall(ATOM + "category")}
    return Entry(_text(element, "id"), _text(element, "title"), _text(element, "updated"),
                 _text(element, "summary"), _text(element.find(ATOM + "author"), "name"), links,
                 categories, cap)


def _links(element):
    links = {}
    for link in element.findall(ATOM + "link"):
        assert link.get("href", "").startswith("https://"), link.attrib
        wanted = "application/cap+xml" if link.get("rel") in ("alternate", "related") else MEDIA_TYPE
        assert link.get("type") == wanted, link.attrib
        links[link.get("rel")] = link.get("href")
    return links


def _text(element, name):
    return element.find(ATOM + name).text
