#include "subscribers/subscribe/witness_words.hpp"

namespace noroshi::subscribers {

const WitnessWords witness_words_en = {
    .witness =
        "seconds between two looks at the hub's log: does what it signs go on from what it signed\n"
        "before? 0: never. Default 300 where there is a folder for it",
    .witness_state = "where the last checkpoint seen lies; default: witness in --out",
    .audit_key =
        "the key of the hub's log: the line in the hub's audit.pub, or a file with it. Given once\n"
        "for each hub; default: the one it first names",
    .cosign =
        "cosign what was found good with this key, of `witness init`, and hand it in to the hub",
    .about =
        "Watches the log of a hub without receiving anything: fetches what it signs, and checks\n"
        "that it goes on from what it signed before. For anybody with an identity at the hub,\n"
        "another hub too. A JSON object a look on stdout.",
    .examples =
        "Examples:\n"
        "  noroshi-subscribe witness --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file tv.token --state /var/lib/witness\n"
        "      every five minutes; the first key is believed and printed: compare it with "
        "audit.pub\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --audit-key audit.pub\n"
        "      only checkpoints by this key. Also what to give after a restore, when the log has "
        "a\n"
        "      new name and its operator has confirmed it\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --once\n"
        "      one look, for cron: exit 0, or 6 when the log contradicts what was seen before\n"
        "  noroshi-subscribe witness init tv.example tv-witness.key\n"
        "      makes a key (chmod 600) and prints what the hub's operator puts into `witnesses` "
        "of\n"
        "      noroshi.toml\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --cosign tv-witness.key\n"
        "      and signs what goes on; the hub shows it to others in /v1/audit/checkpoint\n"
        "Exit codes: 0 goes on, 1 not seen, 2 usage, 3 configuration, 4 not allowed, 6 rolled "
        "back,\n"
        "split, wrong signature or another log (the evidence is in the folder), 130 interrupted.",
    .hub = "the hub: https://host:port",
    .ca = "file with the CA certificate of the hub; default: the system's",
    .token_file = "file with a token of the hub, chmod 600",
    .state = "where the last checkpoint seen and evidence lie; several hubs may share it",
    .once = "look once and end",
    .every = "seconds between two looks",
    .quiet = "say nothing on stderr but errors",
    .bad_key = "--audit-key {}: {}",
    .bad_cosigner = "--cosign {}: {}",
    .one_hub = "one hub a witness",
    .init_usage =
        "usage: noroshi-subscribe witness init NAME FILE. Makes FILE, which must not be there",
    .first =
        "{}: first look at its log: {} with {} entries. This key is believed from now on; compare\n"
        "it with audit.pub of the hub: {}",
    .first_pinned = "{}: first look at its log: {} with {} entries, by the key that was given",
    .consistent = "{}: the log goes on, {} entries",
    .rolled_back =
        "AUDIT ALARM rolled_back: {} has {} entries in its log and had signed {}. Entries are lost "
        "or\nwithheld",
    .split =
        "AUDIT ALARM split: {} shows a log of {} entries that does not go on from the {} entries "
        "it\nshowed before. Its history was rewritten, or others are shown another one",
    .wrong_signature =
        "AUDIT ALARM wrong_signature: {} shows a checkpoint that the key of its log has not signed",
    .other_log =
        "AUDIT ALARM other_log: {} has another log than before: {} in place of {}{}. If its "
        "operator\n"
        "has restored it or set it up anew, ask for the new audit.pub and give it with --audit-key",
    .same_key = " (signed with the same key, as after a restore)",
    .another_key = " (signed with another key)",
    .unseen = "{}: its log could not be looked at: {}",
    .evidence = "evidence: {}",
    .no_evidence = "the evidence could not be written: {}",
    .call = "call the operator of the hub, and keep the evidence",
    .not_cosigned = "{}: its log goes on, but the hub does not take our cosignature: {}",
};

}  // namespace noroshi::subscribers
