#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

const Words words_en = {
    .language = cap::Language::english,
    .code = "en",
    .about = "Checks, sends and follows alerts.",
    .examples =
        "Examples:\n"
        "  noroshi-publish validate order.xml\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file city.token --wait delivered\n"
        "  noroshi-publish status 17 --watch\n"
        "Exit codes: 0 ok, 1 failed, 2 usage, 3 configuration, 4 refused, 5 not found,\n"
        "6 conflict, 7 accepted but not confirmed in time, 130 interrupted.",
    .validate = "Check alerts against the rules of CAP 1.2 and CAP-JP, without a hub.",
    .validate_examples =
        "Examples:\n"
        "  noroshi-publish validate order.xml shelter.xml\n"
        "  noroshi-publish validate --json - < order.xml\n"
        "Exit code 4 if any is refused.",
    .sign = "Sign an alert with an XML signature.",
    .sign_examples =
        "Examples:\n"
        "  noroshi-publish sign order.xml --key city.key --cert city.pem --out signed.xml\n"
        "  noroshi-publish sign - --key city.key --cert city.pem < order.xml | noroshi-publish "
        "send - …\n"
        "The hub's operator registers the certificate once:\n"
        "  noroshi-hub publisher key 362018 add city-2026 city.pem\n"
        "A second signature over a signed alert makes it the issuer's and an aggregator's.",
    .send = "Send an alert to a hub.",
    .send_examples =
        "Examples:\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file city.token\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8444 --ca ca.pem \\\n"
        "      --cert publisher-362018.pem --key publisher-362018.key\n"
        "  noroshi-publish send - --wait delivered:connected --timeout 10 < order.xml\n"
        "  noroshi-publish send exercise.xml --drill shakeout-2026 --token-file drill.token\n"
        "Sending the same file again is harmless: it is one alert.\n"
        "Exit code 7: accepted, but not all waited for had it in time.",
    .status = "Show who has an alert.",
    .status_examples =
        "Examples:\n"
        "  noroshi-publish status 17\n"
        "  noroshi-publish status jp-362018-7b0c9f0e-1 --watch --timeout 60\n"
        "  noroshi-publish status 17 --watch --wait shown:3 --timeout 600",
    .order = "Order an evacuation: builds the CAP-JP message and sends it.",
    .order_examples =
        "Examples:\n"
        "  noroshi-publish order --level 4 --hazard flood --district kawauchi --district ojin \\\n"
        "      --reason-code riverlevel --city tokushima.toml --hub https://hub.example:8443 \\\n"
        "      --ca ca.pem --token-file city.token\n"
        "  noroshi-publish order --level 5 --update 17                  raises it in place\n"
        "  noroshi-publish order --level 4 --hazard tsunami --whole --dry-run\n"
        "  noroshi-publish order --none                                 no order is in force\n"
        "--city, --hub, --ca and --token-file also from NOROSHI_CITY, NOROSHI_HUB, NOROSHI_CA,\n"
        "NOROSHI_TOKEN_FILE.\n"
        "The city file (an example: ops/docs/tokushima.toml):\n"
        "  code = \"362018\"\n"
        "  sender = \"city.tokushima.lg.jp\"\n"
        "  name = \"徳島市\"\n"
        "  prefecture = \"徳島県\"\n"
        "  [[districts]]\n"
        "  id = \"kawauchi\"\n"
        "  name = \"川内町\"\n"
        "  [[groups]]\n"
        "  id = \"yoshino\"\n"
        "  districts = [\"kawauchi\"]",
    .correct = "Correct an order that was sent with a fault, without ringing as a new one.",
    .correct_examples =
        "Examples:\n"
        "  noroshi-publish correct 17 --level 3 --reason 'level 4 was sent by mistake'\n"
        "  noroshi-publish correct 17 --reason 'the reason was wrong' --reason-code jma",
    .lift = "Lift an order, in some districts or in all.",
    .lift_examples =
        "Examples:\n"
        "  noroshi-publish lift 17\n"
        "  noroshi-publish lift 17 --district ojin",
    .cancel = "Cancel an order that should never have been sent.",
    .cancel_examples =
        "Example:\n"
        "  noroshi-publish cancel 17 --reason 'sent by mistake'\n"
        "An order that was right and has ended is lifted, not cancelled.",
    .city = "file about the city: code, sender, name, districts (ops/docs/contract.md)",
    .from = "file with the alert that is changed, in place of asking the hub",
    .level = "3, 4 or 5",
    .zone = "a restricted area, which has no level",
    .none = "report that no order is in force",
    .hazard =
        "flood, landslide, stormsurge, earthquake, tsunami, largefire, inlandflood, volcano, "
        "wind, snow, cbrne, attack or other",
    .district = "a district or group of the city's file; as many as needed",
    .lift_district = "a district or group; without any: all that is in force",
    .whole = "the whole city",
    .order_reason =
        "why, in a few words of Japanese such as 吉野川の水位の上昇; with correct and cancel,\n"
        "why that is done",
    .reason_code = "riverlevel, jma, damleak, collapse, tsunami or other",
    .local = "a sentence of your own behind what to do",
    .update = "the alert whose next revision this is",
    .decided = "when it was decided, such as 2026-11-22T11:50:00+09:00; default: now",
    .late = "decided a while ago: never shown as fresh",
    .as_draft = "submit it as a draft, for a second person to approve",
    .dry_run = "print the message and the words that would be on air; send nothing",
    .files = "files with a CAP alert each; - reads stdin",
    .file = "a file with a CAP alert; - reads stdin",
    .alert = "the sequence or the CAP identifier of an alert",
    .hub = "the hub: https://host:port",
    .ca = "file with the CA certificate of the hub; default: the system's",
    .token_file = "file with the publisher's token, chmod 600",
    .cert = "client certificate in place of a token, for the port of mutual TLS",
    .key = "its private key, chmod 600",
    .context =
        "a context of contexts.toml (~/.config/noroshi): hub ca token-file cert key city drill",
    .one_identity =
        "give either --token-file or --cert and --key, not both (look at NOROSHI_… too)",
    .drill = "in this drill, not live; needs a token of the drill",
    .wait =
        "wait until it is stored by all it is addressed to, by those connected, or by N:\n"
        "delivered[:all], delivered:connected, delivered:N; or until they reported it on air:\n"
        "shown[:all], shown:connected, shown:N",
    .timeout = "seconds for the whole of it",
    .watch =
        "go on until everybody has it (or what --wait says), or the time is over (exit 7): the "
        "rows\n"
        "redrawn on a terminal, else (and with NO_COLOR) a line for each that changes. Reconnects "
        "by\n"
        "itself; a deadline that is over is OVERDUE",
    .json = "print JSON",
    .quiet = "say nothing on stderr but errors",
    .help = "print this and end",
    .version = "print the version and end",
    .draft = "Submit an order that a second person has to approve. For officers.",
    .draft_examples =
        "Examples:\n"
        "  noroshi-publish draft order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file kato.token\n"
        "  noroshi-publish draft edited.xml --replaces 4f1c…\n"
        "It waits 10 minutes; an edit is a new draft and voids the old one.",
    .drafts = "List the drafts of the last day.",
    .approve = "Approve a draft: sign exactly what it says. For another officer than its author.",
    .approve_examples =
        "Examples:\n"
        "  noroshi-publish approve 4f1c… --token-file mori.token\n"
        "It shows what will be on air and asks to type the level (or lift, cancel, yes).",
    .withdraw = "Withdraw a draft.",
    .confirm =
        "say yes to what the hub asks (409 confirm.required); without it a terminal is asked,\n"
        "and where there is none nothing is sent (exit 4)",
    .break_glass = "as an officer, alone: why no second person can be waited for",
    .replaces = "withdraw the draft with this id when the new one is taken",
    .yes = "do not ask",
    .reason = "why, for the audit",
    .draft_id = "the id of a draft",
    .sign_key = "private key to sign with (PEM, not encrypted): RSA from 2048 bits, P-256, P-384",
    .sign_certificate = "its certificate (PEM)",
    .sign_out = "file to write; default: stdout",
    .needed = "{} is needed",
    .bad_url = "--hub {}: {}",
    .bad_drill = "--drill {}: not the id of a drill",
    .bad_wait = "--wait {}: not delivered or shown, with :all, :connected or :N behind it",
    .one_stdin = "- (stdin) can be given only once",
    .bad_time = "{}: not a time like 2026-11-22T11:50:00+09:00",
    .bad_word = "{} {}: it takes {}",
    .bad_usage = "wrong usage: {}; see --help",
    .needed_identity =
        "who calls? Give --token-file FILE, or --cert FILE and --key FILE, or --context NAME, or "
        "set "
        "NOROSHI_TOKEN_FILE",
    .unknown_context = "--context {}: no such context. {}",
    .context_unfit = "--context {}: the file of contexts is of no use. {}",
    .valid = "{}: accepted",
    .invalid = "{}: refused",
    .accepted = "accepted sequence {}, addressed to {} subscribers",
    .known = "accepted before as sequence {}, addressed to {} subscribers",
    .drill_mark = "DRILL {}: ",
    .unread = "not known to the hub, and delivered as it is, loud and high: {}",
    .trying_again = "{}; trying again in {}",
    .waiting = "waiting: {} of {} have it",
    .all_have_it = "{} of {} have it",
    .not_in_time = "accepted, but only {} of {} had it in time",
    .report = "sequence {0}: {2} of {3} have it ({1})",
    .report_shown = "sequence {0}: {2} of {3} have had it on air ({1})",
    .earlier_shown = "STILL SHOWS what this refers to",
    .earlier_withdrawn = "took down what this refers to",
    .queued = "queued",
    .delivered = "delivered",
    .passed = "passed",
    .refused = "refused",
    .shown = "shown",
    .replaced = "replaced",
    .withdrawn = "withdrawn",
    .connected = "connected",
    .away = "not connected",
    .overdue = "OVERDUE: {}",
    .deadline_kept = "  deadline {} within {} s: everybody",
    .deadline_open = "  deadline {} within {} s (by {}): {} missing",
    .deadline_overdue = "  OVERDUE {} within {} s (by {}): {} missing",
    .medium_counts = "  medium {}: {} show it, {} took it down",
    .more_rows = "  and {} more",
    .line_lost = "reconnecting: {}",
    .drafted = "draft {} waits for a second person until {}",
    .no_drafts = "no drafts",
    .draft_withdrawn = "draft {} withdrawn",
    .orders = "ORDERS",
    .lifts = "LIFTS",
    .level_3 = "LEVEL 3 (red) Evacuation of the Elderly, Etc.",
    .level_4 = "LEVEL 4 (purple) Evacuation Order",
    .level_5 = "LEVEL 5 (black) Emergency Safety Measures",
    .and_more = " and {} more",
    .unreadable = "what it says cannot be read",
    .sign_yes = "yes",
    .sign_lift = "lift",
    .sign_cancel = "cancel",
    .type_to_agree = "if this is to go out, type: {}",
    .nobody_to_ask = "nobody to ask here: look at it and say --confirm (approve: --yes)",
    .not_agreed = "not sent",
    .sign_done = "signed: {}",
    .has_signatures = "{}: signatures: {}. Only a hub that knows the keys can verify them",
    .sign_invalid = "{}: breaks the rules of CAP and is not signed: see noroshi-publish validate",
    .sign_charset = "{}: only documents in UTF-8 can be signed",
    .sign_end = "{}: something follows the alert, such as a comment: remove it, then sign",
    .sign_full = "{}: has two signatures already",
    .sign_key_unfit =
        "{}: no private key to sign with (PEM, not encrypted, RSA from 2048 bits, P-256, P-384)",
    .sign_certificate_unfit = "{}: no certificate to sign with (PEM)",
    .sign_mismatch = "{}: the certificate is of another key",
    .sign_expired = "{}: the certificate has expired",
    .sign_not_yet = "{}: the certificate is not valid yet",
    .too_large = "{}: larger than 2 MiB",
    .name_unknown = "the hub's host name is not known ({})",
    .unreachable =
        "the hub cannot be reached ({}); check --hub and the network, and if it is urgent use the "
        "telephone, too",
    .timed_out = "the hub did not answer in time {}",
    .certificate_untrusted = "the hub's certificate is not trusted; is --ca the right file? ({})",
    .certificate_name = "the hub's certificate is for another host name ({})",
    .tls = "no secure connection ({})",
    .cut = "the connection to the hub was cut before it had answered {}",
    .not_a_hub = "what answers there does not speak as a hub does ({})",
    .problem = "the hub refuses: {}",
    .unknown_alert = "the hub knows no alert {}",
    .unknown_district = "--district {}: {} has no such district or group; it has: {}",
    .not_continued = "not an order of this city in CAP-JP, so it cannot be changed: {}",
    .nothing_in_force =
        "{}: nothing it ordered is in force any more; a new order is given without --update and "
        "ALERT",
    .not_in_force_there = "--district {}: {} orders nothing there; check the district",
    .ambiguous_district = "--district {}: {} has several districts of that name; give the id",
    .city_unfit =
        "the city file is of no use (not readable, or something is missing, twice or not known; "
        "its form: noroshi-publish order --help)\n{}",
    .identity_unfit = "the token, the certificate or the CA is of no use: {}",
};

}  // namespace noroshi::publishers
