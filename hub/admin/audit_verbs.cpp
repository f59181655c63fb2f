#include "hub/admin/audit_verbs.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <fstream>
#include <optional>

#include "hub/admin/audit_words.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/proof_file.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/proof_json.hpp"

namespace noroshi::admin {
namespace {

constexpr std::size_t proof_file_bytes_max = 1u << 20;
constexpr std::size_t typed_entry_bytes_max = 64;

// Nothing where it cannot be read; one byte more than a proof may have where it is larger.
std::optional<std::string> proof_text_in(const std::string& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, ignored)) return std::nullopt;
  std::string bytes(proof_file_bytes_max + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

// Why the proof in `file` is not taken; nothing when it proves.
std::optional<std::string> objection_to(const std::string& file, Language language) {
  const auto name = printable(file);
  const auto bytes = proof_text_in(file);
  if (!bytes) return say(language, AuditSay::proof_unreadable, name);
  if (bytes->size() > proof_file_bytes_max)
    return say(language, AuditSay::proof_too_large, name, proof_file_bytes_max);
  const auto proved = verify_proof(*bytes);
  if (proved) return std::nullopt;
  const bool malformed = proved.error().code == ErrorCode::invalid;
  return say(language, malformed ? AuditSay::proof_malformed : AuditSay::proof_wrong, name,
             printable(proved.error().detail));
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
  std::uint64_t number = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [last, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || last != end || number == 0) return std::nullopt;
  return number;
}

AdminAnswer printed_note(const std::string& note) {
  return {exit_code::ok, note, "",
          boost::json::serialize(boost::json::object{{"checkpoint", note}}) + "\n"};
}

AdminAnswer checkpoint(const merkle::NoteSigner& signer, const journal::TreeHead& tree) {
  const merkle::Checkpoint said{signer.verifier().name, tree.size, tree.root};
  const auto note = merkle::sign_note(merkle::text_of(said), signer);
  return note ? printed_note(*note) : answer_of(note.error());
}

AdminAnswer prove(const AuditTerms& terms, const std::string& origin, Language language,
                  const journal::TreeHead& tree, const merkle::NodeOf& node_of) {
  const auto epoch = origin.substr(origin.find('/') + 1);
  if (terms.epoch != 0 && std::to_string(terms.epoch) != epoch) {
    const auto typed = fmt::format("{}-{}", terms.epoch, terms.sequence);
    return answer_of(
        {ErrorCode::not_found, say(language, AuditSay::entry_other_log, typed, epoch)});
  }
  const auto size = terms.size != 0 ? terms.size : tree.size;
  if (size > tree.size)
    return answer_of(
        {ErrorCode::not_found, say(language, AuditSay::size_missing, size, tree.size)});
  if (terms.sequence == 0 || terms.sequence > size)
    return answer_of(
        {ErrorCode::not_found, say(language, AuditSay::entry_missing, terms.sequence, size)});
  const auto proof = merkle::inclusion_json(terms.sequence - 1, size, node_of);
  if (!proof) return answer_of(proof.error());
  return {exit_code::ok, *proof + "\n", "", *proof + "\n"};
}

}  // namespace

AdminAnswer verify_proofs(std::span<const std::string> files, Language language) {
  AdminAnswer answer;
  for (const auto& file : files) {
    const auto objection = objection_to(file, language);
    if (objection) answer.exit_code = exit_code::refused;
    answer.data += objection.value_or("ok") + "\n";
    answer.json +=
        boost::json::serialize(boost::json::object{
            {"file", printable(file)}, {"ok", !objection}, {"detail", objection.value_or("")}}) +
        "\n";
  }
  return answer;
}

Result<AuditTerms> audit_terms_of(const std::string& entry, std::uint64_t size, Language language) {
  const auto dash = entry.find('-');
  const std::string_view typed(entry);
  const auto sequence = number_of(dash == entry.npos ? typed : typed.substr(dash + 1));
  const auto epoch =
      dash == entry.npos ? std::optional<std::uint64_t>(0) : number_of(typed.substr(0, dash));
  if (!sequence || !epoch)
    return failure(ErrorCode::invalid, say(language, AuditSay::entry_malformed,
                                           printable(typed.substr(0, typed_entry_bytes_max))));
  return AuditTerms{*sequence, *epoch, size};
}

AdminAnswer answer_audit(const AdminRequest& request, const merkle::NoteSigner& signer,
                         const journal::TreeHead& tree, const merkle::NodeOf& node_of) {
  if (request.action == AdminRequest::Action::checkpoint) return checkpoint(signer, tree);
  if (request.action == AdminRequest::Action::prove && request.audit)
    return prove(*request.audit, signer.verifier().name, request.language, tree, node_of);
  return answer_of({ErrorCode::invalid, say(request.language, Say::request_malformed, "action")});
}

void LogCheck::take(std::span<const journal::StoredPtr> page) {
  for (const auto& stored : page)
    if (!complete()) made_.add(journal::leaf_hash(stored->bytes));
}

AdminAnswer LogCheck::answer(Language language) const {
  const bool good = made_.size() == tree_.size && made_.root() == tree_.root;
  if (!good)
    return answer_of({ErrorCode::refused, say(language, AuditSay::log_bad_tree, made_.size())});
  return {
      exit_code::ok, "ok\n", say(language, AuditSay::log_good, tree_.size),
      boost::json::serialize(boost::json::object{{"ok", true}, {"entries", tree_.size}}) + "\n"};
}

}  // namespace noroshi::admin
