"""A page of HTML as a browser would take it."""

import html.parser


class Page(html.parser.HTMLParser):
    """What a browser would make of it: its text, what it loads, and whether its elements close."""
    VOID = {"meta", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.loads, self.scripts, self.text, self.faults = [], [], 0, "", []
        self.feed(text)
        self.close()
        self.faults += [f"<{name}> stays open" for name in self.open]

    def handle_startendtag(self, tag, attributes):
        self.look(tag, attributes)

    def handle_starttag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        self.text += data

    def look(self, tag, attributes):
        self.scripts += tag == "script"
        self.loads += [(tag, name, value) for name, value in attributes
                       if name in ("src", "href", "data", "srcset", "action", "poster", "background")
                       or name.startswith("on") or (tag, name) == ("meta", "charset") and
                       value != "utf-8"]
        if tag in ("link", "iframe", "object", "embed", "img", "base", "form"):
            self.loads.append((tag, None, None))
