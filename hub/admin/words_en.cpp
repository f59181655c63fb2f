#include "hub/admin/words.hpp"

namespace noroshi::admin {

// One sentence a case: the table is as long as what there is to say.
std::string_view english(Say what) {
  switch (what) {
    case Say::directory_missing:
      return "{0}: there is no data directory; create one with `noroshi-hub init {0}`";
    case Say::directory_unfinished:
      return "{0}: an earlier `noroshi-hub init` or `restore` was interrupted and left this "
             "directory "
             "incomplete; it holds no alerts: remove it and run that again";
    case Say::directory_foreign:
      return "{0}: not a data directory of noroshi (the file `format` is missing)";
    case Say::directory_format:
      return "{0}/format: format {1} is not known to this version, which reads format {2}; nothing "
             "was changed";
    case Say::directory_not_empty:
      return "{0}: not empty; nothing was changed. Give a new or empty directory";
    case Say::init_failed_half_way:
      return "{0}\n{1} is incomplete: remove it and try again";
    case Say::init_done:
      return "Created the hub's data directory {0} (environment: {1}).\nStart it:            "
             "noroshi-hub serve --data {0}\nClients trust:       {0}/tls/ca.pem\nOperator's token: "
             "   {0}/keys/operator.token\nThe authority's key: {0}/tls/ca.key (serve does not need "
             "it; it may be moved off-line)";
    case Say::init_demo_done:
      return "Registered {0} publishers and {1} subscribers of the sample prefecture; tokens: "
             "{2}/demo/ID.token";
    case Say::bad_code:
      return "`{0}` is neither a municipality code (six digits) nor an id (a letter, then letters "
             "a-z, digits and hyphens, at most 63)";
    case Say::bad_check_digit:
      return "`{0}`: the check digit is wrong; {1} would be right";
    case Say::bad_area:
      return "`{0}` is not an area: give a prefecture (36), a municipality (362018) or '*' for all";
    case Say::bad_subscriber_id:
      return "`{0}` is not a subscriber id (letters a-z, digits and hyphens, at most 63, not at "
             "the ends a hyphen)";
    case Say::bad_login:
      return "{0} is not a login: 2 to 63 small letters, digits and . - _ @, a letter first";
    case Say::bad_name:
      return "the name must have 1 to 200 bytes of plain text without control characters";
    case Say::bad_sender:
      return "`{0}` is not a CAP sender: no spaces, commas, < or &, at most 255 bytes; '*' allows "
             "any";
    case Say::bad_event:
      return "`{0}` is not a prefix of event codes (letters a-z, digits, dots and hyphens, such as "
             "evac)";
    case Say::bad_language:
      return "`{0}` is not a language tag (BCP 47), such as ja, en or ja-JP; '*' is any";
    case Say::bad_outlet:
      return "`{0}` is not an outlet; there are: {1}";
    case Say::districts_malformed:
      return "not JSON: what follows byte {0} cannot be read";
    case Say::districts_no_collection:
      return "not a GeoJSON FeatureCollection with features";
    case Say::districts_too_many:
      return "more than {0} features";
    case Say::districts_too_long:
      return "the districts take more than {0} bytes: simplify their polygons";
    case Say::districts_points:
      return "the polygons have {0} points, more than {1}: simplify them";
    case Say::districts_nothing:
      return "nothing was registered";
    case Say::districts_no_municipality:
      return "{0} is no municipality: only one with a code of six digits has districts";
    case Say::districts_done:
      return "{0} has {1} districts now, {2} of them drawn";
    case Say::districts_removed:
      return "{0} has no districts any more";
    case Say::district_place:
      return "{0}: feature {1} ({2}): {3}";
    case Say::district_field:
      return "`{0}` is not what it should be";
    case Say::district_bad_id:
      return "an id is a text of 1 to {0} bytes without blanks or any of : * ; = , or a whole "
             "number";
    case Say::district_twice:
      return "another feature has this id";
    case Say::bad_role:
      return "{0} is not a role; give at least one of {1}";
    case Say::bad_territory:
      return "{0}: cannot be used as a territory: {1}";
    case Say::territory_unreadable:
      return "the file is missing, unreadable or empty";
    case Say::territory_too_long:
      return "longer than {0} bytes; simplify it";
    case Say::bad_proxy:
      return "`{0}` is not a proxy: give another publisher's code and the last day, such as "
             "360007:2027-03-31";
    case Say::bad_proxy_end:
      return "`{0}`: a proxy right ends after now and within a year";
    case Say::proxy_unknown:
      return "{0} has no proxy right for {1}";
    case Say::too_many_proxies:
      return "a publisher has at most {0} proxies";
    case Say::list_unreadable:
      return "{0}: missing, unreadable, empty or longer than {1} bytes";
    case Say::list_charset:
      return "neither UTF-8 nor CP932 (Shift_JIS)";
    case Say::list_too_long:
      return "more than {0} rows; the rest was not read";
    case Say::list_without_name:
      return "{0} is no prefecture, so its name is missing";
    case Say::list_twice:
      return "{0} stands in the list twice";
    case Say::import_nothing:
      return "nothing was imported; correct these rows, or leave them out with --skip-bad";
    case Say::import_would:
      return "would register {0}, rename {1} and leave {2} as they are; nothing was changed";
    case Say::import_done:
      return "registered {0}, renamed {1}, left {2} as they are. Who is new may send once it has a "
             "sender (`publisher set CODE --sender VALUE`) and a token (`publisher token CODE`)";
    case Say::bad_level:
      return "`{0}` is not a warning level: 0 (all) to 5";
    case Say::bad_host:
      return "`{0}` is neither a host name nor an IP address";
    case Say::bad_environment:
      return "`{0}` is not an environment; there are: live, training, demo";
    case Say::areas_wanted:
      return "--areas is needed for {0}: codes separated by commas, or '*'";
    case Say::name_wanted:
      return "--name is needed for {0}";
    case Say::officer_publisher_wanted:
      return "{0}: --publisher CODE says whom the officer acts for";
    case Say::officer_publisher_fixed:
      return "{0} acts for {1} and for nobody else: register another login";
    case Say::nothing_to_set:
      return "nothing to change was given for {0}";
    case Say::publisher_exists:
      return "publisher {0} is registered already; change it with `publisher set`, renew its token "
             "with `publisher token`";
    case Say::subscriber_exists:
      return "subscriber {0} is registered already; change it with `subscriber set`, renew its "
             "token with `subscriber token`";
    case Say::officer_exists:
      return "officer {0} is registered already; `officer set` changes their roles";
    case Say::publisher_unknown:
      return "publisher {0} is not registered; `publisher list` shows those that are";
    case Say::subscriber_unknown:
      return "subscriber {0} is not registered; `subscriber list` shows those that are";
    case Say::officer_unknown:
      return "no officer {0}";
    case Say::publisher_registered:
      return "registered publisher {0} {1}";
    case Say::subscriber_registered:
      return "registered subscriber {0} {1}";
    case Say::officer_registered:
      return "registered officer {0} of {1}";
    case Say::no_sender:
      return "no sender value is registered for {0}, so its alerts will be refused (auth.sender): "
             "noroshi-hub publisher set {0} --sender VALUE";
    case Say::changed:
      return "changed {0}";
    case Say::suspended:
      return "suspended {0}";
    case Say::suspended_already:
      return "{0} is suspended already; nothing was changed";
    case Say::resumed:
      return "resumed {0}";
    case Say::resumed_already:
      return "{0} is active already; nothing was changed";
    case Say::token_replaced:
      return "issued a new token for {0}; the old one is no longer valid";
    case Say::token_written:
      return "its token is in {0}";
    case Say::token_shown_once:
      return "its token, shown only this once:";
    case Say::list_empty:
      return "none registered";
    case Say::state_active:
      return "active";
    case Say::state_suspended:
      return "suspended";
    case Say::label_code:
      return "code";
    case Say::label_id:
      return "id";
    case Say::label_login:
      return "login";
    case Say::label_publisher:
      return "publisher";
    case Say::label_name:
      return "name";
    case Say::label_senders:
      return "senders";
    case Say::label_areas:
      return "areas";
    case Say::label_events:
      return "events";
    case Say::label_min_level:
      return "minimum level";
    case Say::label_territory:
      return "territory";
    case Say::label_proxies:
      return "proxies";
    case Say::label_policy:
      return "policy";
    case Say::territory_registered:
      return "registered";
    case Say::profile_required:
      return "CAP-JP only";
    case Say::anything:
      return "any";
    case Say::nothing:
      return "none";
    case Say::label_keys:
      return "signing keys";
    case Say::label_signature:
      return "signature required";
    case Say::label_districts:
      return "districts";
    case Say::districts_count:
      return "{0}, {1} of them drawn";
    case Say::key_pinned:
      return "{0} (SHA-256 {1}, pinned {2}, valid until {3})";
    case Say::label_polygon:
      return "polygon";
    case Say::polygon_size:
      return "{0} points, {1:.1f} km2";
    case Say::label_language:
      return "language of texts";
    case Say::label_outlets:
      return "outlets";
    case Say::label_roles:
      return "roles";
    case Say::label_two_people:
      return "two people";
    case Say::yes:
      return "yes";
    case Say::no:
      return "no";
    case Say::label_state:
      return "state";
    case Say::cert_issued:
      return "issued certificate {0} for {1}, valid until {2}";
    case Say::cert_former_end:
      return "{0} former certificate(s) will be refused from {1}";
    case Say::cert_none_valid:
      return "{0} has no valid certificate; `cert issue` makes one";
    case Say::cert_key_taken:
      return "this key is pinned already, for {0} (certificate {1}); make a new key";
    case Say::cert_too_many:
      return "{0} has {1} valid certificates already; revoke one first";
    case Say::cert_revoked:
      return "revoked certificate {0} of {1}; a running hub closes its connections within 5 "
             "seconds";
    case Say::cert_revoked_already:
      return "certificate {0} is revoked already; nothing was changed";
    case Say::cert_unknown:
      return "there is no certificate {0}; `cert list` shows those that were issued";
    case Say::cert_list_empty:
      return "no certificate was issued";
    case Say::cert_state_valid:
      return "valid";
    case Say::cert_state_ends:
      return "valid, refused from {0}";
    case Say::cert_state_not_yet:
      return "not yet valid";
    case Say::cert_state_expired:
      return "expired";
    case Say::cert_state_revoked:
      return "revoked";
    case Say::cert_written:
      return "certificate: {0}";
    case Say::cert_key_written:
      return "private key: {0} (0600; give it to nobody but its owner)";
    case Say::cert_authority_missing:
      return "{0}: the authority's key is not here. If it was moved off-line, bring its medium and "
             "give --ca-key FILE";
    case Say::cert_authority_ends:
      return "the authority's own certificate ends before that; give fewer --days";
    case Say::cert_csr_bad:
      return "{0}: not a PKCS #10 signing request in PEM";
    case Say::cert_csr_proof:
      return "{0}: the request is not signed by its own key, so its sender may not have that key";
    case Say::cert_csr_key:
      return "{0}: the key must be P-256: openssl ecparam -name prime256v1 -genkey";
    case Say::cert_file_exists:
      return "{0} exists already; nothing was issued. Give another --out";
    case Say::cert_bad_identity:
      return "`{0}` is not an identity: publisher:CODE or subscriber:ID";
    case Say::cert_serial_or_identity:
      return "give either a serial number or --identity";
    case Say::cert_hub_renewed:
      return "renewed the hub's certificate until {0} for {1}. A running hub takes it on SIGHUP "
             "(systemctl reload noroshi-hub); streams go on";
    case Say::bad_key_name:
      return "`{0}` is no name for a key: small letters, digits, `.`, `-` and `_`, such as "
             "city-2026";
    case Say::key_unreadable:
      return "there is no X.509 certificate in it (PEM or DER, up to 32 kB)";
    case Say::key_unfit:
      return "the key is none to sign alerts with: RSA of 2048 to 8192 bits, P-256 or P-384";
    case Say::key_too_many:
      return "a publisher has at most {0} signing keys: remove one first";
    case Say::key_exists:
      return "{0} has that certificate, or another under that name, as {1}: remove it first";
    case Say::key_unknown:
      return "{0} has no signing key {1}";
    case Say::key_added:
      return "alerts of {0} may now be signed with {1}: {2}, {3}, until {4}";
    case Say::key_removed:
      return "the signing key {1} of {0} no longer counts";
    case Say::key_none_left:
      return "{0} has no signing key left and needs signatures: none of its alerts will be taken";
    case Say::key_list_empty:
      return "{0} has no signing keys";
    case Say::webhook_hub_wanted:
      return "this is done through the running hub: start it first";
    case Say::webhook_bad_url:
      return "the URL of a webhook: {0}";
    case Say::webhook_bad_payload:
      return "the payload is cap or json";
    case Say::webhook_url_wanted:
      return "{0} has no webhook yet: give --url";
    case Say::webhook_set:
      return "{0} is called at {1}, payload {2}";
    case Say::webhook_secret_wanted:
      return "Nothing is sent without a secret: `noroshi-hub subscriber webhook {0} secret add`";
    case Say::webhook_none:
      return "{0} takes no webhooks";
    case Say::webhook_shown:
      return "url: {0}\npayload: {1}";
    case Say::webhook_standing:
      return "secrets: {0}\ndead letters: {1}";
    case Say::webhook_gone:
      return "{0} answered 410 Gone and is not called until something is replayed or `set`";
    case Say::webhook_one_secret:
      return "{0} has one secret only; it is not removed";
    case Say::webhook_has_secret:
      return "{0} has a secret: `secret rotate` puts a new one beside it";
    case Say::webhook_secret_removed:
      return "the former secret of {0} signs no more";
    case Say::webhook_secret_rotated:
      return "A new secret of {0}, shown only once. Both sign until `secret remove`";
    case Say::webhook_secret_added:
      return "The secret of {0}, shown only once: the subscriber verifies with it";
    case Say::webhook_no_dead:
      return "nothing of {0} was given up";
    case Say::webhook_not_dead:
      return "no such dead letter of {0}: see `dead`";
    case Say::webhook_replaying:
      return "{1} of {0} are tried again";
    case Say::drill_opened:
      return "opened drill {0} ({1}) from {2} to {3}: {4} publishers, {5} subscribers. Each needs "
             "a "
             "token of its own: `publisher token CODE --drill {0}`, `subscriber token ID --drill "
             "{0}`, and for people `officer token LOGIN --drill {0}`";
    case Say::drill_exists:
      return "drill {0} exists already; an id is used once";
    case Say::drill_unknown:
      return "there is no drill {0}; `drill list` shows those there are";
    case Say::drill_bad_id:
      return "`{0}` is not a drill id (letters a-z, digits and hyphens, at most 63, not at the "
             "ends "
             "a hyphen)";
    case Say::drill_bad_time:
      return "`{0}` is not a time: now, or such as 2026-11-23T09:00:00+09:00";
    case Say::drill_ends_first:
      return "the drill would end before it starts";
    case Say::drill_over_before:
      return "the drill would be over already";
    case Say::drill_too_long:
      return "a drill lasts at most {0} days";
    case Say::drill_nobody:
      return "a drill needs at least one publisher and one subscriber: --publishers, --subscribers";
    case Say::drill_too_many:
      return "{0} drills are not over yet, and there may be no more at once; close one first";
    case Say::drill_closed:
      return "closed drill {0}; a running hub ends its streams within 5 seconds";
    case Say::drill_closed_already:
      return "drill {0} is over already; nothing was changed";
    case Say::drill_list_empty:
      return "no drill was opened";
    case Say::drill_not_taking_part:
      return "{0} does not take part in drill {1}; `drill show {1}` shows who does";
    case Say::drill_over:
      return "drill {0} is over";
    case Say::drill_token_issued:
      return "issued a token for {0} that is only for drill {1} (/v1/drills/{1}/…); its live token "
             "stays valid beside it";
    case Say::drill_state_waiting:
      return "not yet open";
    case Say::drill_state_open:
      return "open";
    case Say::drill_state_over:
      return "over";
    case Say::label_from:
      return "from";
    case Say::label_until:
      return "until";
    case Say::label_publishers:
      return "publishers";
    case Say::label_subscribers:
      return "subscribers";
    case Say::label_reason:
      return "reason";
    case Say::journal_refused:
      return "the journal refused the change: {0}";
    case Say::journal_unknown:
      return "the journal could not confirm the change, which may or may not have been made: {0}; "
             "look with `show` and repeat";
    case Say::journal_locked:
      return "{0}: another process holds the journal but does not answer on admin.sock: a hub that "
             "is starting or stopping, or another admin verb. Try again in a few seconds";
    case Say::request_malformed:
      return "the request is malformed: {0}";
    case Say::request_too_long:
      return "the request is longer than {0} bytes";
    case Say::peer_refused:
      return "user {0} may not administer this hub; only root and the user it runs as may";
    case Say::hub_silent:
      return "{0}: the hub did not answer: {1}";
    case Say::hub_answer_malformed:
      return "{0}: the hub's answer cannot be read; is it of another version?";
    case Say::socket_failed:
      return "{0}: {1}";
    case Say::another_hub:
      return "{0}: another hub is running over this data directory";
    case Say::no_hub:
      return "no hub is running over {0}; start it with `noroshi-hub serve --data {0}`";
    case Say::probe_arrived:
      return "{0}  answered after {1} ms";
    case Say::probe_not_connected:
      return "{0}  MISSING: not connected";
    case Say::probe_unanswered:
      return "{0}  MISSING: connected, and no answer";
    case Say::probe_without_steps:
      return "this subscriber has no outlet that a probe goes to";
    case Say::probe_unknown:
      return "the hub knows of no probe {0}; was it started again meanwhile?";
    case Say::probe_under_way:
      return "no end of the probe after {0} s; whoever is connected has not answered";
    case Say::help_test:
      return "Send a probe through every outlet of a subscriber and wait for the answers; nobody "
             "is "
             "shown it. Exit code 7 when one is missing";
    case Say::flag_test_timeout:
      return "Seconds to wait, 1 to 600";
    case Say::check_clean:
      return "{0}: no problems";
    case Say::check_unreadable:
      return "{0}: cannot be read: {1}";
    case Say::check_mode:
      return "{0}: mode {1:o} lets others in; run: chmod {2:o} {0}";
    case Say::check_certificate:
      return "{0}: not a certificate or key that can be read";
    case Say::check_key_mismatch:
      return "{0}: is not the key of {1}";
    case Say::check_expired:
      return "{0}: the certificate expired on {1}";
    case Say::check_expires_soon:
      return "{0}: the certificate expires on {1}";
    case Say::check_not_yet:
      return "{0}: the certificate is valid only from {1}; is this machine's clock right?";
    case Say::check_journal:
      return "{0}: {1}";
    case Say::check_journal_in_use:
      return "{0}: in use by the running hub, which checked it at its start";
    case Say::usage_hint:
      return "{0}\nSee `{1} --help`.";
    case Say::unexpected_argument:
      return "not understood: {0}";
    case Say::missing_argument:
      return "missing: {0}";
    case Say::help_program:
      return "noroshi-hub: carries disaster alerts from municipalities to broadcasters";
    case Say::help_init:
      return "Create a data directory: configuration, certificate authority, keys, journal";
    case Say::help_serve:
      return "Run the hub";
    case Say::help_check:
      return "Check configuration, permissions, certificate and journal";
    case Say::help_publisher:
      return "Publishers: who may send alerts, and for which areas";
    case Say::help_subscriber:
      return "Subscribers: who receives which alerts";
    case Say::help_officer:
      return "Officers: the people who write and approve alerts";
    case Say::help_status:
      return "What the running hub is doing";
    case Say::help_explain:
      return "What a code or a rule means, what to do, and where it comes from";
    case Say::flag_explain_code:
      return "A code or the id of a rule: auth.area, cap.R012, jp.level …";
    case Say::flag_explain_list:
      return "List every code and rule there is";
    case Say::explain_laid_down:
      return "Laid down in {0}";
    case Say::explain_from:
      return "It comes from {0}";
    case Say::explain_unknown:
      return "there is no code {0}; `noroshi-hub explain --list` shows all";
    case Say::explain_near:
      return "there is no code {0}; near it: {1}";
    case Say::help_add_publisher:
      return "Register a publisher and issue its token";
    case Say::help_add_subscriber:
      return "Register a subscriber and issue its token";
    case Say::help_add_officer:
      return "Register an officer with a personal token";
    case Say::help_set_publisher:
      return "Change what is registered; only what is given changes";
    case Say::help_set_subscriber:
      return "Change what is registered; only what is given changes";
    case Say::help_set_officer:
      return "Change an officer's roles";
    case Say::help_list:
      return "List all, one a line";
    case Say::help_show:
      return "Show one";
    case Say::help_suspend:
      return "Suspend: its token is refused from now on";
    case Say::help_resume:
      return "End a suspension";
    case Say::help_token:
      return "Issue a new token; the old one becomes invalid";
    case Say::help_officer_token:
      return "Issue an officer a token for a drill";
    case Say::help_import:
      return "Register publishers from the official list of codes (CSV)";
    case Say::help_districts:
      return "Register a municipality's districts and their polygons, in place of those there were";
    case Say::help_cert:
      return "Certificates: identities on the mutual-TLS door, and the hub's own";
    case Say::help_cert_issue:
      return "Issue a client certificate and pin its key";
    case Say::help_cert_list:
      return "List the client certificates that were issued";
    case Say::help_cert_renew:
      return "Issue a new one for the same identity, or renew the hub's own";
    case Say::help_cert_revoke:
      return "Refuse a certificate from now on, on open connections too";
    case Say::help_key:
      return "Keys whose XML signatures count for a publisher";
    case Say::help_key_add:
      return "Register a signing key by its certificate";
    case Say::help_key_list:
      return "List the signing keys: name, algorithm, subject, from, until, SHA-256";
    case Say::help_key_remove:
      return "Let a signing key no longer count";
    case Say::help_webhook:
      return "Where a subscriber is called, with which secrets, and what was given up";
    case Say::help_webhook_show:
      return "Show where its webhooks go and how they stand";
    case Say::help_webhook_set:
      return "Say where its webhooks go, and in which form";
    case Say::help_webhook_secret:
      return "The secrets its webhooks are signed with";
    case Say::help_webhook_secret_add:
      return "Make the first secret and show it once";
    case Say::help_webhook_secret_rotate:
      return "Make a new secret beside the present one";
    case Say::help_webhook_secret_remove:
      return "End a rotation: the former secret signs no more";
    case Say::help_webhook_dead:
      return "List what was given up";
    case Say::help_webhook_replay:
      return "Try again what was given up";
    case Say::help_drill:
      return "Drills: sessions in which alerts are exercises and reach only who takes part";
    case Say::help_drill_open:
      return "Open a drill session for these participants and this time";
    case Say::help_drill_close:
      return "End a session now: its streams end and nothing more is taken";
    case Say::help_drill_list:
      return "List all sessions, one a line";
    case Say::help_drill_show:
      return "Show one session";
    case Say::flag_help:
      return "Show this help";
    case Say::flag_version:
      return "Show the version";
    case Say::flag_data:
      return "Data directory (or NOROSHI_DATA)";
    case Say::flag_json:
      return "Machine-readable output, one JSON object a line";
    case Say::flag_quiet:
      return "Say nothing but results and errors";
    case Say::flag_demo:
      return "Add Tokushima's 24 municipalities and three broadcasters";
    case Say::flag_init_host:
      return "A further name or address of this hub, for its certificate (repeatable)";
    case Say::flag_environment:
      return "live, training or demo";
    case Say::flag_init_directory:
      return "The directory to create";
    case Say::flag_listen:
      return "Address to listen on";
    case Say::flag_port:
      return "HTTPS port; 0 picks a free one";
    case Say::flag_mtls_port:
      return "Port for client certificates (mutual TLS); unless given the one above --port, "
             "or a free one when that is taken; 0 picks a free one";
    case Say::flag_admin_port:
      return "Health and metrics port on loopback; 0 picks a free one";
    case Say::flag_serve_host:
      return "A further name this hub is called by (repeatable)";
    case Say::flag_code:
      return "Municipality code, such as 362018";
    case Say::flag_id:
      return "Subscriber id, such as demo-tv";
    case Say::flag_login:
      return "Login of the officer, such as kato";
    case Say::flag_officer_publisher:
      return "Whom the officer acts for, such as 362018";
    case Say::flag_role:
      return "drafter, approver, admin or operator (repeatable)";
    case Say::flag_name:
      return "Its name, such as 徳島市";
    case Say::flag_sender:
      return "CAP sender value it may use, or '*' (repeatable)";
    case Say::flag_two_people:
      return "Level 4 and 5, lifts and cancels need a second officer's approval";
    case Say::flag_areas:
      return "Codes separated by commas, such as 36,362018, or '*'";
    case Say::flag_events:
      return "Prefixes of event codes separated by commas, or '*'";
    case Say::flag_min_level:
      return "Leave out alerts that state a lower warning level (0 to 5)";
    case Say::flag_list:
      return "The list: code, prefecture, municipality; UTF-8 or CP932";
    case Say::flag_districts:
      return "GeoJSON: a FeatureCollection, each feature a district with an id and a name";
    case Say::flag_dry_run:
      return "Say what would be done, and do nothing";
    case Say::flag_skip_bad:
      return "Import the good rows although others are bad";
    case Say::flag_event_rights:
      return "Events it may speak about, such as 'outage.*,notice.lifeline', or '*'";
    case Say::flag_territory:
      return "GeoJSON polygon in which the geometry of its alerts must lie";
    case Say::flag_no_territory:
      return "Geometry may lie anywhere again";
    case Say::flag_proxy:
      return "CODE may send in its name until that day or time, a year at most (repeatable)";
    case Say::flag_no_proxy:
      return "End that right (repeatable)";
    case Say::flag_profile_required:
      return "Take only CAP-JP documents from it";
    case Say::flag_texts_language:
      return "Language of the texts it is sent (BCP 47), such as ja-JP, or '*' for any";
    case Say::flag_polygon:
      return "GeoJSON polygon: of alerts that draw their areas only those that touch it";
    case Say::flag_no_polygon:
      return "Alerts anywhere in its areas again";
    case Say::flag_outlets:
      return "Outlets separated by commas: stream, events, webhook, feed, tcp";
    case Say::flag_token_file:
      return "Write the token to this file (0600) instead of showing it";
    case Say::flag_reason:
      return "Why, for the audit";
    case Say::flag_kind:
      return "publisher, subscriber or, for renew, hub";
    case Say::flag_holder:
      return "Code or id, such as 362018 or demo-tv";
    case Say::flag_days:
      return "Valid for so many days (1 to 365)";
    case Say::flag_out:
      return "Folder for KIND-ID.pem and KIND-ID.key";
    case Say::flag_csr:
      return "Certify the key of this PKCS #10 request: the private key stays with its owner";
    case Say::flag_ca_key:
      return "The authority's key, when it is kept off-line";
    case Say::flag_overlap:
      return "The former certificates stay valid for so many days";
    case Say::flag_serial:
      return "Serial number, as `cert list` shows it";
    case Say::flag_identity:
      return "Every certificate of this identity";
    case Say::flag_key_name:
      return "Name of the key, such as city-2026";
    case Say::flag_key_certificate:
      return "File with its certificate, PEM or DER";
    case Say::flag_signature_required:
      return "Take only alerts signed with a registered key";
    case Say::flag_webhook_url:
      return "Where alerts are posted to, https";
    case Say::flag_webhook_payload:
      return "cap: the accepted bytes; json: as GET /v1/alerts/SEQUENCE";
    case Say::flag_webhook_drill:
      return "Of this drill instead of the live path";
    case Say::flag_webhook_sequence:
      return "Sequence of the alert";
    case Say::flag_webhook_all:
      return "Everything that was given up";
    case Say::flag_drill:
      return "Id of the session, such as shakeout-2026";
    case Say::flag_drill_name:
      return "What it is called, such as 県総合防災訓練";
    case Say::flag_drill_publishers:
      return "Publishers that take part: codes separated by commas";
    case Say::flag_drill_subscribers:
      return "Subscribers that take part: ids separated by commas";
    case Say::flag_drill_start:
      return "When it opens, such as 2026-11-23T09:00:00+09:00; now when not given";
    case Say::flag_drill_end:
      return "When it is over, at most 30 days later";
    case Say::flag_drill_token:
      return "A token for this drill session only; the live token stays valid";
    case Say::label_usage:
      return "Usage";
    case Say::label_options:
      return "Options";
    case Say::label_positionals:
      return "Positionals";
    case Say::label_subcommands:
      return "Subcommands";
    case Say::label_examples:
      return "Examples";
    case Say::label_required:
      return "(required)";
    case Say::alarm_list_empty:
      return "No alarm stands";
    case Say::alarm_unknown:
      return "There is no alarm `{0}`; `noroshi-hub alarm list --all` lists them";
    case Say::alarm_acknowledged:
      return "Acknowledged {0} (by {1}); it is not notified again";
    case Say::alarm_acknowledged_already:
      return "{0} was acknowledged before or is over; nothing was changed";
    case Say::alarm_state_standing:
      return "STANDING";
    case Say::alarm_state_acknowledged:
      return "acknowledged";
    case Say::alarm_state_cleared:
      return "over";
    case Say::bad_deadline:
      return "`{0}` is not a deadline: give delivered, shown or withdrawn, = and a time of "
             "1s to 24h, such as delivered=10s";
    case Say::help_alarm:
      return "Alarms: what somebody has to look at";
    case Say::help_alarm_list:
      return "List the alarms that stand";
    case Say::help_alarm_show:
      return "Show one alarm";
    case Say::help_alarm_ack:
      return "Acknowledge an alarm, so that it is not notified again";
    case Say::flag_alarm:
      return "Id of the alarm, as in the list";
    case Say::flag_alarm_all:
      return "With those that are over";
    case Say::flag_alarm_by:
      return "Who has seen to it: a login; operator when not given";
    case Say::flag_deadline:
      return "An alarm when not everybody has reached a step by then: delivered=10s, "
             "shown=1m, withdrawn=2m (after a cancel or lift); repeatable";
    case Say::flag_no_deadlines:
      return "No deadlines any more, but those given";
    case Say::label_alarm:
      return "alarm";
    case Say::label_deadlines:
      return "Deadlines";
    case Say::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
