#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

const Words words_en = {
    .code = "en",
    .about =
        "Receives the alerts a hub addresses to one subscriber, stores or hands them on, and\n"
        "acknowledges them once that is done.",
    .examples =
        "Examples:\n"
        "  noroshi-subscribe --hub https://hub.example:8443 --ca ca.pem --token-file tv.token\n"
        "      one JSON object a line on stdout\n"
        "  noroshi-subscribe --hub https://hub.example:8444 --ca ca.pem \\\n"
        "      --cert subscriber-tv.pem --key subscriber-tv.key\n"
        "      or as a client certificate says, on the port of mutual TLS\n"
        "  noroshi-subscribe --hub https://a.example:8443 --hub https://b.example:8443 …\n"
        "      b when a is away; alerts that come from both are handed on once\n"
        "  noroshi-subscribe … --format ticker\n"
        "      one line for people (in Japanese) an alert\n"
        "  noroshi-subscribe … --format ticker --width 40 --language en\n"
        "      the sender's ready text in English, 40 characters at most\n"
        "  noroshi-subscribe … --format radio    to be read out\n"
        "  noroshi-subscribe … --format geojson  for a map\n"
        "  noroshi-subscribe … --out /var/spool/alerts\n"
        "      <sequence>.xml, on the disk before it is acknowledged; goes on where it stopped\n"
        "  noroshi-subscribe … --out /var/spool/alerts --states --format ticker\n"
        "      and says on stdout what is superseded, cancelled, lifted, expired\n"
        "  noroshi-subscribe --standing --out /var/spool/alerts\n"
        "      what stands there now; no hub is asked, the receiver may be running\n"
        "  noroshi-subscribe … --exec \"/usr/local/bin/on-air --channel 'studio 1'\"\n"
        "      runs a program for each alert, without a shell: XML on stdin, facts in NOROSHI_…\n"
        "  noroshi-subscribe … --exec /usr/local/bin/l-shape --on-air tv.lshape --receipts "
        "/var/spool/r\n"
        "      and tells the hub that what the program took is on air; kept until it is recorded\n"
        "  noroshi-subscribe … --drill shakeout-2026 --token-file tv-drill.token\n"
        "      the stream of a drill; live alerts come on the live stream, beside it\n"
        "  noroshi-subscribe witness --help\n"
        "      does the hub keep to its log? Receives nothing; with --out receivers look by "
        "themselves\n"
        "Exit codes: 0 ended as asked, 1 failed, 2 usage, 3 configuration, 4 not allowed,\n"
        "6 another log or receiver, 130 interrupted.",
    .hub =
        "the hub: https://host:port. Given several times (or with commas), the first that works\n"
        "is used, and a better one again once it is back",
    .ca = "file with the CA certificate of the hub, or one for each hub; default: the system's",
    .token_file = "file with the subscriber's token, chmod 600, or one for each hub",
    .cert = "client certificate in place of a token, for the port of mutual TLS",
    .key = "its private key, chmod 600",
    .context = "a context of contexts.toml (~/.config/noroshi): hub ca token-file cert key drill",
    .one_identity =
        "give either --token-file or --cert and --key, not both (look at NOROSHI_… too)",
    .drill = "the stream of this drill in place of the live one; needs a token of the drill",
    .from =
        "begin with this sequence, or with what comes after `now` (what lies between counts as\n"
        "acknowledged); default: where the hub knows us to be. A folder goes on where it stopped",
    .format =
        "on stdout: json (an object a line, with all the alert says), xml (the accepted bytes),\n"
        "geojson (a FeatureCollection a line), ticker (a line for people) or radio (a script, "
        "then\n"
        "an empty line)",
    .width = "of a ticker, in full-width characters: the sender's ready text, a line each",
    .language =
        "of the texts in ticker, radio and geojson, such as ja-JP or en; default: what the\n"
        "subscription says, then LANG",
    .out = "write <sequence>.xml into this folder",
    .exec =
        "run this command for each alert; blanks separate arguments, '…' and \"…\" hold them\n"
        "together, nothing is expanded",
    .exec_timeout = "seconds the command may take",
    .ack =
        "when to acknowledge: stored (written; not with --exec) or handled (the command ended\n"
        "with 0)",
    .states =
        "on stdout also a line whenever the state of an alert is new: stands, unlifted (its time\n"
        "ran out, nobody has lifted it), superseded, cancelled, lifted, expired, said (it orders\n"
        "nothing itself, such as a lift); with --format json or ticker",
    .standing = "print what stands in the folder of --out, the highest level first, and end",
    .on_air =
        "report every alert that was stored or handled as on air on this medium, and what a "
        "Cancel\n"
        "refers to as taken off: tv.lshape tv.data radio signage app web carnav cell. Needs --out\n"
        "or --receipts",
    .receipts =
        "where these reports lie until the hub has recorded them; default: receipts in --out",
    .count = "end after this many alerts",
    .quiet = "say nothing on stderr but errors",
    .help = "print this and end",
    .version = "print the version and end",
    .bad_url = "--hub {}: {}",
    .hubs_and_files = "at most 8 hubs, and of --ca and --token-file one for all or one for each",
    .bad_drill = "--drill {}: not the id of a drill",
    .bad_from = "--from {}: neither a sequence nor now",
    .bad_format = "--format {}: not json, xml, geojson, ticker or radio",
    .width_of_ticker = "--width is for --format ticker",
    .bad_ack = "--ack {}: not stored or handled",
    .ack_needs_store = "--ack stored: --exec stores nothing; use --out, or --ack handled",
    .bad_exec = "--exec: {}",
    .bad_medium = "--on-air {}: not a medium: tv.lshape tv.data radio signage app web carnav cell",
    .needed = "{} is needed",
    .out_and_format = "--format is for stdout, not for --out or --exec",
    .states_format = "states are printed as --format json or ticker, without --width",
    .unknown_context = "--context {}: no such context. {}",
    .context_unfit = "--context {}: the file of contexts is of no use. {}",
    .connected = "connected to {} as {}: channel {}, environment {}, continuing after {}",
    .back = "the hub is back after {}",
    .trying_again = "{}; trying again in {}",
    .trying_next = "{}: {}; trying {} in {}",
    .log_changed = "the hub has another log than before: sequences start anew (epoch {})",
    .declined = "the hub does not record the report {}: {} ({})",
    .stopping = "stopping; what is in hand is finished first",
    .no_index = "{}: nothing was received here",
    .as_of = "{} in force as of {}, by the hub's clock",
    .passed = "sequence {} came too late to be shown ({}): the command is not run",
    .run_exited = "sequence {}: the command failed with exit code {}; again in {}",
    .run_killed = "sequence {}: the command was ended by signal {}; again in {}",
    .run_too_slow = "sequence {}: the command took too long and was ended; again in {}",
    .run_not_started = "sequence {}: the command cannot be started ({}); again in {}",
    .name_unknown = "the hub's host name is not known ({})",
    .unreachable = "the hub cannot be reached ({})",
    .timed_out = "the hub does not answer",
    .certificate_untrusted = "the hub's certificate is not trusted; is --ca the right file? ({})",
    .certificate_name = "the hub's certificate is for another host name ({})",
    .tls = "no secure connection ({})",
    .not_allowed = "the hub does not accept this token ({})",
    .busy = "the hub cannot take us now ({})",
    .not_a_hub = "what answers there is not a hub's stream ({})",
    .protocol = "the hub broke the stream protocol ({})",
    .silent = "nothing was heard from the hub for too long",
    .cut = "the connection to the hub was cut {}",
    .goodbye = "the hub said good-bye ({})",
    .replaced = "another receiver of the same subscriber has taken over {}",
    .suspended = "this subscriber is suspended {}",
    .rolled_back =
        "the hub's log ends before what we hold: it has lost entries. Call the operator. {}",
    .drill_over = "the drill is over ({})",
    .other_channel = "the hub offers another channel than was asked for: {}. Nothing was taken",
};

}  // namespace noroshi::subscribers
