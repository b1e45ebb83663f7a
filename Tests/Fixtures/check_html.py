#!/usr/bin/env python3
"""Checks a page that shows what strangers wrote.

    check_html.py FILE...

Elements are closed in order, ids are unique, no attribute runs code or fetches anything, and the
only scripts are the page's own: text that came from strangers made no element. Prints the names of
all elements; the exit status is 1 if anything is wrong.
"""

import html.parser
import sys

VOID = {"meta", "br", "link", "input", "col", "img", "hr"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.names, self.ids = [], [], {}, set()

    def handle_starttag(self, tag, attributes):
        self.names[tag] = self.names.get(tag, 0) + 1
        for name, value in attributes:
            if name.startswith("on") or (name in ("href", "src") and not (value or "").startswith("#")):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name == "id" and value in self.ids:
                self.faults.append(f"two elements have the id {value}")
            if name == "id":
                self.ids.add(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of order")


faults = 0
for path in sys.argv[1:]:
    page = Page()
    page.feed(open(path, encoding="utf-8").read())
    page.close()
    if page.open:
        page.faults.append(f"left open: {page.open}")
    for fault in page.faults:
        print(f"{path}: {fault}")
    faults += len(page.faults)
    print(" ".join(f"{name}={count}" for name, count in sorted(page.names.items())))
sys.exit(1 if faults else 0)
