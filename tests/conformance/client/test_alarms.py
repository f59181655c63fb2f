"""Alarms against a real hub: deadlines missed and reached, who is told and how often, through
acknowledgements and kill -9; orders that ran out, a disk that is full, a subscriber ahead of the log.

    test_alarms.py --hub BIN
"""

import argparse
import dataclasses
import datetime
import email
import email.policy
import json
import os
import pathlib
import sys
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.alarm_hub import SECONDS_MAX, AlarmsTest
from client.api import Api
from client.hub_process import HubFailed
from client.registration import drill_token, open_drill
from client.stream import Stream


class DeadlinesTest(AlarmsTest):
    def test_missed_told_again_and_again_acknowledged_and_reached(self):
        program = self.recorder("wake")
        self.notify(kind="command", command=[str(program), "--urgent", "a b; $(c)"],
                    alarms=["deadline."], repeat="1s", repeat_max="2s")
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        self.door = self.hub.start()
        sequence = self.accept()
        identifier = f"deadline.delivered:{sequence}"
        alarm = self.until(lambda: self.standing(identifier))
        self.assertEqual((alarm["kind"], alarm["state"], alarm["publisher"], alarm["sequence"]),
                         ("deadline.delivered", "standing", "362018", sequence))
        self.assertEqual((alarm["subscribers"], alarm["missing"]), (["tv"], 1))

        self.until(lambda: len(self.told(program)) >= 3)
        first, second = self.told(program)[:2]
        self.assertEqual(first["arguments"], ["--urgent", "a b; $(c)"])
        message = json.loads(first["input"])
        self.assertEqual((message["id"], message["times"], message["environment"]),
                         (identifier, 1, "live"))
        self.assertEqual(json.loads(second["input"])["times"], 2)
        given = first["environment"]
        self.assertEqual(given["NOROSHI_ALARM_KIND"], "deadline.delivered")
        self.assertEqual(given["NOROSHI_ALARM_SUBSCRIBERS"], "tv")
        self.assertNotIn("NOROSHI_DISK_FREE_BYTES_MIN", given)  # the hub's own stays with it
        self.assertEqual(first["descriptors"][:4], ["0", "1", "2", "3"])  # 3 lists them
        self.assertEqual(len(first["descriptors"]), 4)

        self.hub.verb("alarm", "ack", identifier, "--by", "sato")
        acknowledged = self.standing(identifier)
        self.assertEqual((acknowledged["state"], acknowledged["acknowledged_by"]),
                         ("acknowledged", "sato"))
        self.assertIn(identifier, self.hub.verb("status"))
        count = len(self.told(program))
        self.acknowledge_on_the_stream(sequence)
        self.until(lambda: not self.standing(identifier), 70)
        self.assertLessEqual(len(self.told(program)), count + 1)  # one may have been on its way
        self.assertEqual(self.raises(identifier), 1)

    def test_kill_and_restart_raise_no_second_and_clear_what_was_reached(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        self.door = self.hub.start()
        sequence = self.accept()
        identifier = f"deadline.delivered:{sequence}"
        entry = self.until(lambda: self.standing(identifier))["entry"]
        self.hub.kill()
        self.assertEqual(self.standing(identifier)["entry"], entry)  # without a hub
        self.door = self.hub.start()
        stream = self.acknowledge_on_the_stream(sequence)
        self.until(lambda: not self.standing(identifier), 70)
        self.assertEqual(self.raises(identifier), 1)
        stream.close()

    def test_killed_before_the_deadline_it_is_raised_after_the_start(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=2s")
        self.door = self.hub.start()
        sequence = self.accept()
        self.hub.kill()
        self.door = self.hub.start()
        self.until(lambda: self.standing(f"deadline.delivered:{sequence}"))

    def test_a_cancel_wants_what_it_ends_off_the_air(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "withdrawn=1s", "--deadline",
                      "shown=24h")
        self.door = self.hub.start()
        sequence = self.accept()
        stream = self.acknowledge_on_the_stream(sequence)
        from client.messages import ClientMessage

        def report(identifier, state):
            message = ClientMessage()
            said = message.receipt
            said.id, said.sequence, said.state, said.medium = identifier, sequence, state, "tv.lshape"
            stream.send(message)
            stream.receive_kind("recorded", SECONDS_MAX)
        report("on-air", 1)
        cancel = self.accept(cap.next_revision(self.order, [self.order], message_type="Cancel"))
        identifier = f"deadline.withdrawn:{cancel}"
        self.assertEqual(self.until(lambda: self.standing(identifier))["subscribers"], ["tv"])
        report("off-air", 2)
        self.until(lambda: not self.standing(identifier), 70)

    def test_a_drill_is_worded_so_and_wakes_only_who_wants_it(self):
        program, drills = self.recorder("wake"), self.recorder("drills")
        self.notify(kind="command", command=[str(program)])
        self.notify(kind="command", command=[str(drills)], drills=True)
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "shakeout", ["362018"], ["tv"], end)
        token = drill_token(self.hub, "publisher", "362018", "shakeout")
        self.door = self.hub.start()
        below = "/v1/drills/shakeout"
        sequence = self.accept(document=cap.exercise(self.order, "shakeout"), token=token,
                               below=below)
        identifier = f"deadline.delivered:{sequence}"
        self.until(lambda: self.told(drills))
        message = json.loads(self.told(drills)[0]["input"])
        self.assertEqual((message["id"], message["drill"]), (identifier, "shakeout"))
        self.assertTrue(message["text"]["ja"].startswith("【訓練】"), message["text"])
        self.assertEqual(self.told(program), [])
        self.assertEqual(self.listed(token, below), [identifier])
        self.assertEqual(self.listed(self.city), [])
        self.assertEqual(self.listed(self.operator), [])
        self.hub.verb("drill", "close", "shakeout")
        self.until(lambda: not self.standing(identifier))

    def listed(self, token, below="/v1"):
        with Api(self.door, token) as api:
            answer = api.request("GET", below + "/alarms")
        self.assertEqual(answer.status, 200, answer.body)
        return [alarm["id"] for alarm in answer.json()["alarms"]]

    def test_who_reads_them_over_http_and_what_the_metrics_say(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        self.door = self.hub.start()
        metrics = self.hub.metrics_url()
        identifier = f"deadline.delivered:{self.accept()}"
        self.until(lambda: self.standing(identifier))
        self.assertEqual(self.listed(self.operator), [identifier])
        self.assertEqual(self.listed(self.city), [identifier])
        self.assertEqual(self.listed(self.town), [])
        with Api(self.door, self.tv) as api:
            self.assertEqual(api.request("GET", "/v1/alarms").code, "auth.role")
            self.assertEqual(api.request("POST", "/v1/alarms", b"").status, 405)
        with urllib.request.urlopen(metrics) as answer:
            text = answer.read().decode()
        self.assertIn('noroshi_alarms{kind="deadline.delivered",state="standing"} 1\n', text)
        self.assertIn('noroshi_alarms{kind="disk",state="standing"} 0\n', text)
        self.assertIn('noroshi_deadlines_total{kind="deadline.delivered",outcome="missed"} 1\n', text)

    def test_what_makes_no_sense_is_refused(self):
        for typed in ("delivered", "delivered=", "delivered=0", "delivered=25h", "heard=10s",
                      "delivered=10x", "delivered=-1s"):
            with self.assertRaises(HubFailed, msg=typed):
                self.hub.verb("publisher", "set", "362018", "--deadline", typed)
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=10s", "--deadline",
                      "withdrawn=2m")
        shown = json.loads(self.hub.verb("publisher", "show", "362018", "--json"))
        self.assertEqual(shown["deadlines"], {"delivered": 10, "withdrawn": 120})
        self.assertIn("delivered=10s,withdrawn=2m", self.hub.verb("publisher", "show", "362018"))
        self.hub.verb("publisher", "set", "362018", "--no-deadlines", "--deadline", "shown=1h")
        shown = json.loads(self.hub.verb("publisher", "show", "362018", "--json"))
        self.assertEqual(shown["deadlines"], {"shown": 3600})
        with self.assertRaises(HubFailed):
            self.hub.verb("alarm", "ack", "disk")


class OtherAlarmsTest(AlarmsTest):
    def test_an_order_that_ran_out_until_it_is_lifted(self):
        self.door = self.hub.start()
        before = cap.now() - datetime.timedelta(hours=49)
        order = dataclasses.replace(self.order, sent=cap.timestamp(before))
        sequence = self.accept(order)
        identifier = f"order.unlifted:{sequence}"
        alarm = self.until(lambda: self.standing(identifier))
        self.assertEqual(alarm["publisher"], "362018")
        self.accept(cap.next_revision(order, [order], message_type="Cancel"))
        self.until(lambda: not self.standing(identifier))

    def test_a_subscriber_ahead_of_the_log_until_somebody_has_seen_to_it(self):
        self.door = self.hub.start()
        sequence = self.accept()
        stream = Stream.open(self.door, self.tv)
        self.addCleanup(stream.close)
        stream.hello(resume_after=sequence + 1000)
        stream.receive_kind("goodbye", SECONDS_MAX)
        alarm = self.until(lambda: self.standing("log.rolled_back:tv"))
        self.assertIn(str(sequence + 1000), alarm["detail"])
        self.hub.verb("alarm", "ack", "log.rolled_back:tv")
        self.assertIsNone(self.standing("log.rolled_back:tv"))


class DiskTest(AlarmsTest):
    settings = {"disk_free_bytes_min": 1 << 50}

    def test_told_by_mail_and_a_failed_one_is_tried_again(self):
        sendmail = self.recorder("mail")
        broken = self.scratch / "broken"
        self.notify(kind="mail", to=["ops@example.jp", "night@example.jp"], sendmail=str(sendmail),
                    **{"from": "noroshi@example.jp"}, alarms=["disk"])
        self.notify(kind="command", command=[str(broken)], alarms=["disk"])
        self.door = self.hub.start()
        metrics = self.hub.metrics_url()
        told = self.until(lambda: self.told(sendmail))[0]
        self.assertEqual(told["arguments"], ["-t", "-i"])
        mail = email.message_from_string(told["input"], policy=email.policy.default)
        self.assertEqual(mail.defects, [])
        self.assertEqual(mail["To"], "ops@example.jp, night@example.jp")
        self.assertEqual(mail["From"], "noroshi@example.jp")
        self.assertTrue(mail["Subject"].startswith("[noroshi] ハブのディスク"), mail["Subject"])
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIn("noroshi-hub alarm ack disk", mail.get_content())
        # Counted once the program that was told has ended.
        self.until(lambda: 'noroshi_alarm_notifications_total{outcome="told"} 1\n' in
                   urllib.request.urlopen(metrics).read().decode())
        self.until(lambda: b"alarm.notification_failed" in self.hub.log.read_bytes())

    def test_an_operator_who_wants_no_alarm_of_it_any_more_has_none(self):
        self.door = self.hub.start()
        self.until(lambda: self.standing("disk"))
        self.hub.kill()
        self.reconfigure(disk_free_bytes_min=0)
        self.door = self.hub.start()
        self.until(lambda: not self.standing("disk"))

    def test_a_program_that_hangs_is_ended_and_the_hub_ends_in_time(self):
        hanging = self.scratch / "hang"
        hanging.write_text("#!/bin/sh\necho $$ > \"$(dirname \"$0\")/pid.$$\"\nsleep 1000\n")
        hanging.chmod(0o755)
        self.notify(kind="command", command=[str(hanging)], limit="10m")
        self.door = self.hub.start()
        pid = self.until(lambda: [int(file.read_text()) for file in self.scratch.glob("pid.*")
                                  if file.read_text().strip()])[0]
        self.accept()  # nothing waits for it
        self.assertEqual(self.hub.terminate(), 0)
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hub", required=True)
    arguments, rest = arguments.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = arguments.hub
    unittest.main(argv=[sys.argv[0], "-v", *rest])
