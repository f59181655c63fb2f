"""GET /v1/feed.atom: what is in it, for whom, and what a reader proves by asking again.

    test_feed.py --hub BIN
"""

import datetime
import email.utils
import json
import os
import pathlib
import sys
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import atom, cap
from client.api import Api
from client.feed_hub import SECONDS_MAX, FeedTest, in_hours
from client.registration import drill_token, open_drill

HOSTILE = "<script>alert(\"&amp;'1')</script> ]]> {publisher} \u202e\u0085\u200b&#13;&#9; \U0001f525"


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_alert(order, expires):
    """The same revision without the profile of CAP-JP."""
    references = " ".join(f"{r.sender},{r.identifier},{r.sent}" for r in order.references)
    return (f'<alert xmlns="{cap.NAMESPACE}"><identifier>{order.identifier}</identifier>'
            f"<sender>{order.sender}</sender><sent>{order.sent}</sent><status>Actual</status>"
            f"<msgType>{order.message_type}</msgType><scope>Public</scope>"
            + (f"<references>{references}</references>" if references else "") +
            "<info><language>ja-JP</language><category>Transport</category>"
            "<event>通行止め</event><urgency>Immediate</urgency><severity>Minor</severity>"
            f"<certainty>Observed</certainty><expires>{expires}</expires>"
            "<headline>道路が通れません</headline><area><areaDesc>徳島市</areaDesc><geocode>"
            "<valueName>profile:CAP-JP:LGCode:0.1</valueName><value>362018</value></geocode>"
            "</area></info></alert>").encode()


class FeedOfASubscriberTest(FeedTest):
    def test_an_entry_says_what_the_alert_says_and_links_to_its_bytes(self):
        order = self.order()
        document = cap.document(order)
        sequence = self.post(document, self.tokens["362018"])
        answer, feed = self.feed()
        self.assertEqual(feed.language, "ja")
        self.assertIn("web", feed.title)
        self.assertEqual(feed.sequences(), [sequence])
        entry = feed.entries[0]
        self.assertEqual(entry.title, "徳島県徳島市 洪水 警戒レベル4 避難指示")
        self.assertEqual(entry.author, "徳島市")
        self.assertEqual(entry.summary, "徳島市の発表。警戒レベル4。対象: 徳島市。")
        self.assertEqual(entry.categories, {"noroshi:event": ("evac.l4", "避難指示"),
                                            "noroshi:level": ("4", "警戒レベル4")})
        self.assertEqual((entry.cap["identifier"], entry.cap["sent"], entry.cap["status"]),
                         (order.identifier, order.sent, "Actual"))
        linked = self.get(self.tokens["web"], self.target(entry.links["alternate"]))
        self.assertEqual((linked.media_type, linked.body), ("application/cap+xml", document))
        self.assertEqual(answer.fields["cache-control"], "private, no-cache")
        self.assertIn("Authorization", answer.fields["vary"])
        english = self.get(self.tokens["web"], Accept_Language="en")
        self.assertIn("Warning level 4. For: 徳島市.", english.body.decode())
        self.hub.kill()
        self.door = self.hub.start()
        self.assertEqual(self.feed()[1].entries[0].id, entry.id)

    def test_everybody_sees_what_is_theirs(self):
        other = self.accept(self.order("362026"))
        own = self.accept(self.order())
        self.assertEqual(self.feed("web")[1].sequences(), [own])
        for who in ("all", "362018"):
            self.assertEqual(self.feed(who)[1].sequences(), [own, other], who)
        operator = (self.hub.data / "keys" / "operator.token").read_text().strip()
        self.assertEqual(self.feed(token=operator)[1].sequences(), [own, other])
        for token, status, code in ((None, 401, "auth.required"), ("nobody", 401, "auth.required"),
                                    (self.tokens["streamer"], 403, "auth.role")):
            answer = self.get(token)
            self.assertEqual((answer.status, answer.code), (status, code))
        for target in ("?before=x", "?before=0", "?limit=201", "?limit=0", "?page=2",
                       "?before=3&after=1", "?after=3&before=1"):
            self.assertEqual(self.get(self.tokens["web"], "/v1/feed.atom" + target).code,
                             "query.invalid", target)
        with Api(self.door, self.tokens["web"]) as api:
            self.assertEqual(api.request("POST", "/v1/feed.atom", "x").status, 405)
        self.hub.verb("subscriber", "suspend", "web", "--reason", "test")
        self.assertEqual(self.get(self.tokens["web"]).code, "auth.suspended")

    def test_what_was_replaced_or_cancelled_says_so_and_leads_to_what_did_it(self):
        first = self.order()
        sequence = self.accept(first)
        before = self.feed()[1].entries[0]
        second = cap.next_revision(first, [first], message_type="Update")
        update = self.accept(second)
        feed = self.feed()[1]
        self.assertEqual(feed.sequences(), [update, sequence])
        self.assertTrue(feed.entries[1].title.startswith("【更新済み】"))
        self.assertTrue(feed.entries[1].links["related"].endswith(f"/alerts/{update}"))
        self.assertEqual(feed.entries[1].id, before.id)
        self.assertGreater(feed.entries[1].updated, before.updated)
        cancel = self.accept(cap.next_revision(second, [first, second], message_type="Cancel"))
        feed = self.feed()[1]
        self.assertEqual(feed.sequences(), [cancel, update, sequence])
        for entry in feed.entries[1:]:
            self.assertTrue(entry.title.startswith("【取消】"), entry.title)
            self.assertIn("取り消されました", entry.summary)

    def test_what_ran_out_says_so_and_a_cancel_never_does(self):
        expires = cap.timestamp(cap.now() + datetime.timedelta(seconds=3))
        first = self.order()
        plain = plain_alert(first, expires)
        sequence = self.post(plain, self.tokens["362018"])
        title = "道路が通れません"
        entry = self.feed()[1].entries[0]
        self.assertEqual(entry.title, title)
        self.assertEqual(entry.cap["expires"][:19], expires[:19])
        cancelled = self.order(remark="2")
        cancel = cap.next_revision(cancelled, [cancelled], message_type="Cancel")
        self.post(plain_alert(cancelled, expires), self.tokens["362018"])
        self.post(plain_alert(cancel, expires), self.tokens["362018"])
        answer, deadline = self.feed()[0], time.monotonic() + SECONDS_MAX
        while (changed := self.get(self.tokens["web"],
                                   If_None_Match=answer.fields["etag"])).status == 304:
            self.assertLess(time.monotonic(), deadline, "it never ran out")
            time.sleep(0.1)
        entries = atom.read(changed.body).entries
        self.assertEqual([entry.title for entry in entries],
                         [title, "【取消】" + title, "【期限切れ】" + title])
        self.assertEqual((entries[2].sequence, entries[2].updated[:19]), (sequence, expires[:19]))
        self.assertEqual(entries[2].id, entry.id)

    def test_a_hostile_document_stays_text(self):
        order = self.order()
        document = cap.document(order).decode()
        start, end = document.index("<headline>") + 10, document.index("</headline>")
        self.post((document[:start] + escaped(HOSTILE).replace("&amp;#13;", "&#13;")
                   .replace("&amp;#9;", "&#9;") + document[end:]).encode(), self.tokens["362018"])
        answer, feed = self.feed()
        self.assertNotIn(b"<script", answer.body)
        title = feed.entries[0].title
        for part in ("<script>alert(\"&amp;'1')</script> ]]> {publisher}", "\u202e", "\U0001f525"):
            self.assertIn(part, title)

    def test_pages_lead_to_the_end_while_alerts_come(self):
        published = [self.accept(self.order(remark=str(n))) for n in range(25)]
        self.feed()
        self.acknowledge("web", published[-1])
        going, more = threading.Event(), []

        def publish():
            while not going.is_set() or len(more) < 3:
                more.append(self.accept(self.order(remark=f"more {len(more)}")))

        writer = threading.Thread(target=publish)
        writer.start()
        try:
            met, target = [], "/v1/feed.atom?limit=4"
            while target:
                feed = self.feed(target=target)[1]
                met += feed.sequences()
                self.assertLessEqual(len(feed.entries), 4 + len(more))
                last, target = feed, feed.links.get("next")
                target = target and self.target(target)
        finally:
            going.set()
            writer.join()
        self.assertEqual(met, sorted(set(met), reverse=True), "none twice, newest first")
        self.assertLessEqual(set(published), set(met))
        upwards = last.sequences()[::-1]
        while "previous" in last.links:
            last = self.feed(target=self.target(last.links["previous"]))[1]
            upwards += last.sequences()[::-1]
            self.assertEqual("previous" in last.links, len(last.entries) == 4 and
                             last.sequences()[0] != (published + more)[-1], last.links)
        self.assertEqual(upwards, published + more, "none left out, and none twice")

    def test_a_drill_is_in_its_session_only_and_says_so(self):
        open_drill(self.hub, "autumn", ["362018"], ["web"], in_hours(1))
        city, web = (drill_token(self.hub, kind, who, "autumn")
                     for kind, who in (("publisher", "362018"), ("subscriber", "web")))
        order = self.order()
        exercise = self.post(cap.exercise(order, "autumn"), city, below="/v1/drills/autumn")
        live = self.accept(order)
        target = "/v1/drills/autumn/feed.atom"
        feed = self.feed(token=web, target=target)[1]
        self.assertEqual(feed.sequences(), [exercise])
        self.assertTrue(feed.title.startswith("【訓練】"))
        self.assertEqual(feed.entries[0].title, "【訓練】徳島県徳島市 洪水 警戒レベル4 避難指示")
        self.assertEqual(feed.entries[0].cap["status"], "Exercise")
        self.assertIn("/v1/drills/autumn/alerts/", feed.entries[0].links["alternate"])
        lived = self.feed()[1]
        self.assertEqual(lived.sequences(), [live])
        self.assertNotEqual(lived.entries[0].id, feed.entries[0].id)
        for token, where in ((self.tokens["web"], target), (web, "/v1/feed.atom")):
            self.assertEqual(self.get(token, where).code, "auth.status")
        self.hub.verb("drill", "close", "autumn", "--reason", "test")
        self.assertEqual(self.get(web, target).code, "drill.closed")


class ConditionalTest(FeedTest):
    def test_what_the_reader_holds_is_not_sent_again(self):
        self.accept(self.order())
        answer = self.feed()[0]
        tag = answer.fields["etag"]
        for named in (tag, "W/" + tag, '"x", ' + tag, "*", '"a,b",W/"c" , ' + tag):
            held = self.get(self.tokens["web"], If_None_Match=named)
            self.assertEqual((held.status, held.body, held.fields["etag"]), (304, b"", tag), named)
            self.assertEqual(held.fields["cache-control"], "private, no-cache")
        for named in ('"x"', tag[1:-1], tag[:-1], "", "W/*", tag.upper() + "x"):
            self.assertEqual(self.get(self.tokens["web"], If_None_Match=named).status, 200, named)
        self.accept(self.order())
        changed = self.get(self.tokens["web"], If_None_Match=tag)
        self.assertEqual(changed.status, 200)
        self.assertNotEqual(changed.fields["etag"], tag)

    def test_a_date_counts_when_no_tag_is_named_and_can_hide_nothing(self):
        self.accept(self.order())
        self.assertNotIn("last-modified", self.feed()[0].fields, "too young to go by")
        deadline = time.monotonic() + 3 * SECONDS_MAX
        while "last-modified" not in (fields := self.feed()[0].fields):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.2)
        date = fields["last-modified"]
        moment = email.utils.parsedate_to_datetime(date).timestamp()
        later, earlier, future = (email.utils.formatdate(moment + seconds, usegmt=True)
                                  for seconds in (1, -1, 86400))
        web = self.tokens["web"]
        for since, status in ((date, 304), (later, 304), (earlier, 200), (future, 200),
                              ("yesterday", 200), ("0", 200)):
            self.assertEqual(self.get(web, If_Modified_Since=since).status, status, since)
        self.assertEqual(self.get(web, If_Modified_Since=date, If_None_Match='"x"').status, 200)
        self.assertEqual(self.get(web, If_Modified_Since=earlier,
                                  If_None_Match=fields["etag"]).status, 304)
        self.accept(self.order())
        self.assertEqual(self.get(web, If_Modified_Since=date).status, 200)

    def test_to_name_an_answer_proves_that_it_came(self):
        first = self.accept(self.order())
        tag = self.feed()[0].fields["etag"]
        self.assertEqual(self.state(first), "queued", "sent, and nobody has said that it came")
        self.feed("all")
        self.get(self.tokens["all"], If_None_Match=tag)
        self.assertEqual(self.state(first), "queued")
        self.assertEqual(self.state(first, "all"), "queued", "another's page proves nothing")
        self.assertEqual(self.get(self.tokens["web"], If_None_Match=tag).status, 304)
        self.wait_for(first, "delivered")
        second = self.accept(self.order())
        epoch, after, _, reader, digest = tag.strip('"').split("-")
        for bad in (f"{int(epoch) + 1}-{after}-{second}", f"{epoch}-{after}-{second + 9}",
                    f"{epoch}-{second - 1}-{second - 2}", f"{epoch}--{second}"):
            self.get(self.tokens["web"], If_None_Match=f'"{bad}-{reader}-{digest}"')
        later = self.feed()[0].fields["etag"]
        self.assertEqual(self.state(second), "queued")
        self.hub.kill()
        self.door = self.hub.start()
        self.get(self.tokens["web"], If_None_Match=later)
        self.wait_for(second, "delivered")
        self.assertEqual(self.state(first), "delivered")

    def test_a_page_settles_nothing_while_something_before_it_is_missing(self):
        sequences = [self.accept(self.order(remark=str(n))) for n in range(4)]
        newest, oldest = (self.feed(target=f"/v1/feed.atom?{query}")[0].fields["etag"]
                          for query in (f"after={sequences[1]}", f"before={sequences[2]}"))
        self.get(self.tokens["web"], If_None_Match=newest)
        self.get(self.tokens["web"], "/v1/feed.atom?limit=1", If_None_Match=newest)
        self.assertEqual(self.state(sequences[3]), "queued")
        self.get(self.tokens["web"], If_None_Match=f"{newest}, {oldest}")
        for sequence in sequences:
            self.wait_for(sequence, "delivered")

    def test_the_first_page_holds_all_that_is_not_acknowledged(self):
        sequences = [self.accept(self.order(remark=str(n))) for n in range(60)]
        feed = self.feed()[1]
        self.assertEqual(feed.sequences(), sequences[::-1])
        self.assertEqual(len(self.feed("362018")[1].entries), 50)
        self.assertEqual(self.acknowledge("web", sequences[-1]).status, 200)
        self.assertEqual(len(self.feed()[1].entries), 50)

    def test_what_came_too_late_is_counted_as_passed(self):
        order = self.order()
        sequence = self.accept(order)
        cancel = self.accept(cap.next_revision(order, [order], message_type="Cancel"))
        tag = self.feed()[0].fields["etag"]
        self.get(self.tokens["web"], If_None_Match=tag)
        self.wait_for(cancel, "delivered")
        self.assertEqual(self.state(sequence), "passed")

    def test_the_hub_probes_it_by_fetching_it_and_acknowledges_nothing(self):
        sequence = self.accept(self.order())
        told = json.loads(self.hub.verb("subscriber", "test", "web", "--json"))
        self.assertEqual([(step["outlet"], step["arrived"]) for step in told["steps"]],
                         [("feed", True)])
        self.assertEqual(self.acknowledge("web", sequence).code, "ack.beyond",
                         "it is not the subscriber that was served")
        self.assertEqual(self.state(sequence), "queued")
        self.assertEqual(self.feed()[1].sequences(), [sequence])

    def test_receipts_acknowledge_what_was_served_and_no_more(self):
        sequence = self.accept(self.order())
        self.assertEqual(self.acknowledge("web", sequence).code, "ack.beyond")
        self.feed()
        self.assertEqual(self.acknowledge("web", sequence, "events").code, "ack.beyond")
        self.assertEqual(self.acknowledge("web", sequence + 1).code, "ack.beyond")
        self.assertEqual(self.acknowledge("web", sequence, "stream").code, "receipts.invalid")
        self.assertEqual(self.acknowledge("web", sequence).json()["acknowledged"], sequence)
        self.wait_for(sequence, "delivered")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
