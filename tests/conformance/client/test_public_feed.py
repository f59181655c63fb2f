"""The feed that anybody may read, where it is configured: by Debian's feedparser and newsboat.

    test_public_feed.py --hub BIN
"""

import os
import pathlib
import sqlite3
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import feedparser

from client import cap
from client.feed_hub import FeedTest, in_hours
from client.registration import drill_token, open_drill

NEWSBOAT_SECONDS_MAX = 60


class ClosedTest(FeedTest):
    def test_it_is_off_unless_it_is_configured(self):
        sequence = self.accept(self.order())
        for target in ("/v1/feed.atom", f"/v1/alerts/{sequence}"):
            self.assertEqual(self.get(None, target).code, "auth.required")


class PublicFeedTest(FeedTest):
    settings = {"feed_public": "true"}

    def setUp(self):
        super().setUp()
        self.first = self.order()
        self.sequences = [self.accept(self.first), self.accept(self.order("362026")),
                          self.accept(cap.next_revision(self.first, [self.first],
                                                        message_type="Update"))]

    def test_anybody_reads_the_live_alerts_and_nothing_else(self):
        answer, feed = self.feed(who=None)
        self.assertEqual(feed.sequences(), self.sequences[::-1])
        self.assertEqual(answer.fields["cache-control"], "no-cache")
        linked = self.target(feed.entries[-1].links["alternate"])
        self.assertEqual(self.get(None, linked).body, cap.document(self.first))
        self.assertEqual(self.get(None, If_None_Match=answer.fields["etag"]).status, 304)
        for target in (linked + "/deliveries", "/v1/alerts", "/v1/in-force?area=36", "/v1/events",
                       "/v1/stream", "/v1/drafts"):
            self.assertEqual(self.get(None, target).code, "auth.required", target)
        self.assertEqual(self.get(None, linked, Accept="application/json").code, "auth.required")
        for target in ("/v1/feed.atom", linked):
            self.assertEqual(self.get("wrong", target).code, "auth.required", "one that is wrong")
        self.assertEqual(self.feed("web")[1].sequences(), [self.sequences[2], self.sequences[0]])

    def test_a_drill_is_for_nobody_outside_it(self):
        open_drill(self.hub, "autumn", ["362018"], ["web"], in_hours(1))
        city = drill_token(self.hub, "publisher", "362018", "autumn")
        exercise = self.post(cap.exercise(self.order(), "autumn"), city,
                             below="/v1/drills/autumn")
        for target in ("/v1/drills/autumn/feed.atom", f"/v1/drills/autumn/alerts/{exercise}"):
            self.assertEqual(self.get(None, target).code, "auth.required")
        self.assertEqual(self.get(None, f"/v1/alerts/{exercise}").status, 404)
        self.assertNotIn(exercise, self.feed(who=None)[1].sequences())

    def test_feedparser_reads_it(self):
        answer = self.feed(who=None)[0]
        read = feedparser.parse(answer.body, response_headers=answer.fields)
        self.assertFalse(read.bozo, read.get("bozo_exception"))
        self.assertEqual(read.version, "atom10")
        self.assertEqual(read.feed.language, "ja")
        self.assertEqual(len(read.entries), 3)
        newest, _, oldest = read.entries
        self.assertEqual(newest.title, "徳島県徳島市 洪水 警戒レベル4 避難指示")
        self.assertTrue(oldest.title.startswith("【更新済み】"))
        self.assertEqual(newest.author, "徳島市")
        alternate, = (link for link in newest.links if link.rel == "alternate")
        self.assertEqual(alternate.type, "application/cap+xml")
        self.assertTrue(alternate.href.endswith(f"/v1/alerts/{self.sequences[2]}"))
        self.assertIsNotNone(newest.updated_parsed)
        self.assertIn("evac.l4", [tag.term for tag in newest.tags])
        self.assertEqual(newest.cap_status, "Actual")

    def newsboat(self):
        """Reads the feed as newsboat has it in its cache: (guid, title, author, url)."""
        home = self.scratch / "home"
        home.mkdir(exist_ok=True)
        files = {name: home / name for name in ("urls", "cache", "config")}
        files["urls"].write_text(f"https://{self.door.authority}/v1/feed.atom\n")
        files["config"].write_text("download-retries 1\n")
        done = subprocess.run(
            ["newsboat", "-u", str(files["urls"]), "-c", str(files["cache"]), "-C",
             str(files["config"]), "-x", "reload"],
            env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "dumb",
                 "CURL_CA_BUNDLE": str(self.door.ca)},
            capture_output=True, text=True, timeout=NEWSBOAT_SECONDS_MAX)
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect(files["cache"]) as cache:
            return cache.execute("SELECT guid, title, author, url FROM rss_item WHERE deleted = 0"
                                 " ORDER BY pubDate DESC, id").fetchall()

    def test_newsboat_reads_it_and_comes_again(self):
        entries = {entry.id: entry for entry in self.feed(who=None)[1].entries}
        items = self.newsboat()
        self.assertEqual({guid for guid, *_ in items}, set(entries))
        for guid, title, author, url in items:
            self.assertEqual((title, author), (entries[guid].title, "徳島市"
                             if "徳島市" in title else "鳴門市"))
            self.assertEqual(url, entries[guid].links["alternate"])
        self.accept(self.order())
        self.assertEqual(len(self.newsboat()), 4)
        self.assertEqual(len(self.newsboat()), 4, "not changed, and nothing twice")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
