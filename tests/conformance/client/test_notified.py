"""Who is told of alarms and that they are over, by command, mail and webhook, each as often as it has
to be and no other: through endpoints that fail, addresses that may not be called, and kill -9.

    test_notified.py --hub BIN
"""

import argparse
import base64
import email
import email.policy
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.alarm_hub import SECONDS_MAX, SENDER, TOKUSHIMA, AlarmsTest
from client.api import Api
from client.webhook_endpoint import TAKE, hang

NO = (500, {}, b"not now")
CLEARED_SECONDS_MAX = 70  # a ladder is looked at again once a minute at the least


class NotifiedTest(AlarmsTest):
    def missed(self):
        """An alert that nobody has stored in time: its sequence and the alarm's id."""
        sequence = self.accept()
        identifier = f"deadline.delivered:{sequence}"
        self.until(lambda: self.standing(identifier))
        return sequence, identifier

    def start(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        self.door = self.hub.start()

    def cleared(self, identifier):
        self.until(lambda: not self.standing(identifier), CLEARED_SECONDS_MAX)

    def test_every_channel_hears_it_again_and_again_and_once_that_it_is_over(self):
        endpoint = self.endpoint()
        program, sendmail = self.recorder("wake"), self.recorder("mail")
        pace = {"alarms": ["deadline."], "repeat": "1s", "repeat_max": "2s"}
        secret = self.notify_webhook(endpoint.url("/oncall?team=1"), **pace)
        self.notify(kind="command", command=[str(program)], **pace)
        self.notify(kind="mail", to=["ops@example.jp"], sendmail=str(sendmail),
                    **{"from": "noroshi@example.jp"}, **pace)
        self.start()
        sequence, identifier = self.missed()
        first, second = endpoint.take(), endpoint.take()
        for post in (first, second):
            self.assertTrue(post.signed_with(secret))
            self.assertEqual((post.path, post.type, post.fields["content-type"]),
                             ("/oncall?team=1", "noroshi.alarm", "application/json"))
        self.assertNotEqual(first.id, second.id)
        said = first.json()
        self.assertEqual(said["type"], "noroshi.alarm")
        data = said["data"]
        self.assertEqual((data["id"], data["kind"], data["told"], data["times"], data["state"]),
                         (identifier, "deadline.delivered", "raised", 1, "standing"))
        with Api(self.door, self.operator) as api:
            listed = api.request("GET", "/v1/alarms").json()["alarms"][0]
        self.assertEqual({key: data[key] for key in listed}, listed)
        self.assertEqual((second.json()["data"]["told"], second.json()["data"]["times"]),
                         ("repeated", 2))
        self.until(lambda: len(self.told(program)) >= 2 and len(self.told(sendmail)) >= 2)

        self.acknowledge_on_the_stream(sequence)
        self.cleared(identifier)
        while (post := endpoint.take(SECONDS_MAX)).json()["data"]["told"] != "over":
            self.assertEqual(post.json()["data"]["told"], "repeated")
        over = post.json()["data"]
        self.assertEqual((over["id"], over["state"], over["raised_at"]),
                         (identifier, "cleared", data["raised_at"]))
        self.assertTrue(over["text"]["ja"].startswith("【終了】"), over["text"])
        self.assertIsNotNone(over["cleared_at"])
        self.assertTrue(endpoint.quiet(3))
        self.until(lambda: self.words(program)[-1] == ("over", identifier))
        self.assertEqual([word for word, _ in self.words(program)].count("over"), 1)
        self.assertEqual(self.told(program)[-1]["environment"]["NOROSHI_ALARM_TOLD"], "over")
        mails = self.until(lambda: self.mails_saying_over(sendmail))
        self.assertEqual(len(mails), 1)
        self.assertNotIn("alarm ack", mails[0].get_content())
        self.assertEqual(mails[0].defects, [])

    def mails_saying_over(self, sendmail):
        mails = [email.message_from_string(told["input"], policy=email.policy.default)
                 for told in self.told(sendmail)]
        return [mail for mail in mails if mail["Subject"].startswith("[noroshi] 【終了】")]

    def test_who_was_not_told_of_it_hears_nothing_of_its_end(self):
        posts = []
        failing = self.endpoint(lambda received: (posts.append(received), NO)[1])
        away = {"Location": failing.url("/away")}
        redirecting = self.endpoint(lambda received: (posts.append(received), (302, away, b""))[1])
        program, others = self.recorder("wake"), self.recorder("others")
        self.notify_webhook(failing.url(), repeat="1s")
        self.notify_webhook(redirecting.url(), repeat="1s")
        self.notify(kind="command", command=[str(program)])
        self.notify(kind="command", command=[str(others)], alarms=["webhook."])
        self.start()
        sequence, identifier = self.missed()
        tries = [failing.take(), failing.take()]
        self.assertEqual(tries[0].id, tries[1].id)
        self.until(lambda: self.words(program))
        self.acknowledge_on_the_stream(sequence)
        self.cleared(identifier)
        self.until(lambda: self.words(program) == [("raised", identifier), ("over", identifier)])
        for endpoint in (failing, redirecting):
            while not endpoint.quiet():
                pass
        self.assertEqual({post.json()["data"]["told"] for post in posts}, {"raised"})
        self.assertEqual({post.path for post in posts}, {"/hook"})
        self.assertEqual(self.told(others), [])

    def test_killed_before_somebody_heard_of_the_end_he_hears_it_once_after_the_start(self):
        behaviour = {"over": TAKE}
        endpoint = self.endpoint(
            lambda received: behaviour.get(received.json()["data"]["told"], TAKE))
        program = self.recorder("wake")
        self.notify_webhook(endpoint.url(), alarms=["deadline."])
        self.notify(kind="command", command=[str(program)], alarms=["deadline."])
        self.start()
        sequence, identifier = self.missed()
        self.assertEqual(endpoint.take().json()["data"]["told"], "raised")
        self.until(lambda: self.words(program))
        self.until(lambda: self.remembered() == 2)
        self.hub.verb("alarm", "ack", identifier, "--by", "sato")
        self.hub.kill()
        self.door = self.hub.start()  # acknowledged: not told anew
        behaviour["over"] = NO
        stream = self.acknowledge_on_the_stream(sequence)
        self.cleared(identifier)
        self.until(lambda: ("over", identifier) in self.words(program))
        refused = endpoint.take()
        self.assertEqual(refused.json()["data"]["told"], "over")
        self.until(lambda: self.remembered() == 1)
        stream.close()
        self.hub.kill()
        behaviour["over"] = TAKE
        while not endpoint.quiet(0.1):
            pass
        self.door = self.hub.start()
        heard = endpoint.take()
        self.assertEqual(heard.id, refused.id)
        self.until(lambda: self.remembered() == 0)
        self.assertTrue(endpoint.quiet())
        self.hub.kill()
        self.door = self.hub.start()
        self.assertTrue(endpoint.quiet(3))
        self.assertEqual(self.words(program), [("raised", identifier), ("over", identifier)])

    def remembered(self):
        """How many are owed a word, by what a restart would know."""
        file = self.hub.data / "notified.json"
        return len(file.read_text().splitlines()) - 1 if file.exists() else 0

    def test_a_program_and_an_endpoint_that_hang_hold_up_nobody_else(self):
        program = self.recorder("wake")
        self.notify(kind="command", command=["/bin/sleep", "1000"], limit="10m")
        self.notify_webhook(self.endpoint(lambda received: hang).url())
        self.notify(kind="command", command=[str(program)])
        self.start()
        alerts = {self.accept(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=str(n)))
                  for n in range(6)}
        self.until(lambda: {identifier for _, identifier in self.words(program)} ==
                   {f"deadline.delivered:{sequence}" for sequence in alerts})

    def test_what_the_configuration_gets_wrong_is_said_with_its_line(self):
        file = self.hub.data / "noroshi.toml"
        lines = len(file.read_text().splitlines())
        self.notify(kind="webhook", url="http://oncall.example.jp/", secret_file="no/such")
        done = subprocess.run([self.hub.binary, "check", "--data", str(self.hub.data)],
                              capture_output=True, text=True, env={**os.environ, "LANG": "C"})
        self.assertNotEqual(done.returncode, 0)
        said = done.stdout + done.stderr
        self.assertIn(f"noroshi.toml:{lines + 4}:7: `notify.url` cannot be used", said)
        self.assertIn(f"noroshi.toml:{lines + 5}:15: `notify.secret_file` cannot be used", said)


class InsideTest(AlarmsTest):
    settings = {"webhook_private": "10.255.255.0/24", "disk_free_bytes_min": 1 << 50}

    def test_an_address_inside_is_called_only_where_the_operator_allows_it(self):
        endpoint = self.endpoint()
        self.notify_webhook(endpoint.url())
        self.door = self.hub.start()
        self.until(lambda: b"alarm.notification_failed" in self.hub.log.read_bytes())
        self.assertIn("127.0.0.1", self.hub.log.read_text().split("notification_failed")[1])
        self.assertEqual(endpoint.connections, 0)
        self.assertTrue(endpoint.quiet(0.1))


class SecretOfTheEnvironmentTest(AlarmsTest):
    settings = {"disk_free_bytes_min": 1 << 50}

    def test_it_signs_and_no_program_is_given_it(self):
        secret = "whsec_" + base64.b64encode(os.urandom(24)).decode()
        os.environ["NOROSHI_TEST_ONCALL"] = secret
        self.addCleanup(os.environ.pop, "NOROSHI_TEST_ONCALL")
        self.reconfigure()  # which takes up the environment
        endpoint, program = self.endpoint(), self.recorder("wake")
        self.notify(kind="webhook", url=endpoint.url(), secret_env="NOROSHI_TEST_ONCALL")
        self.notify(kind="command", command=[str(program)])
        self.door = self.hub.start()
        self.assertTrue(endpoint.take().signed_with(secret))
        told = self.until(lambda: self.told(program))[0]
        self.assertNotIn(secret, json.dumps(told))
        self.assertNotIn(secret.removeprefix("whsec_"), self.hub.log.read_text())


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hub", required=True)
    arguments, rest = arguments.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = arguments.hub
    unittest.main(argv=[sys.argv[0], "-v", *rest])
