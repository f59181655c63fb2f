#include "hub/admin/key_verbs.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/listing.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/terms.hpp"
#include "proto/cap/instant.hpp"
#include "proto/signature/verify.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;

constexpr std::size_t certificate_bytes_max = 32u << 10;
constexpr std::size_t name_length_max = 63;
constexpr std::size_t echo_bytes_max = 80;
constexpr std::size_t reason_bytes_max = 1000;

// No comma: signed_by joins names with it.
bool is_key_name(std::string_view text) {
  constexpr std::string_view taken = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  return !text.empty() && text.size() <= name_length_max && text.front() != '.' &&
         text.front() != '-' && text.find_first_not_of(taken) == std::string_view::npos;
}

Administration refused(ErrorCode code, std::string detail) {
  return {{}, answer_of({code, std::move(detail)})};
}

class Verb {
 public:
  Verb(const AdminRequest& request, const registry::Registry& registry)
      : request_(request), registry_(registry), language_(request.language) {}

  Administration carry_out() {
    const auto code = publisher_code(request_.id, language_);
    if (!code) return {{}, answer_of(code.error())};
    if (!is_printable(request_.reason) || request_.reason.size() > reason_bytes_max)
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "reason"));
    const auto* publisher = registry_.publisher(*code);
    if (publisher == nullptr)
      return refused(ErrorCode::not_found, say(language_, Say::publisher_unknown, *code));
    if (request_.action == Action::list) return list(*publisher);
    const auto name = request_.name.value_or("");
    if (!is_key_name(name))
      return refused(ErrorCode::invalid,
                     say(language_, Say::bad_key_name, printable(name.substr(0, echo_bytes_max))));
    return request_.action == Action::add ? add(*publisher, name) : remove(*publisher, name);
  }

 private:
  Administration list(const registry::Publisher& publisher) const {
    AdminAnswer answer;
    for (const auto& key : publisher.policy.signing_keys()) {
      const auto shown = show(key);
      answer.data += shown.row;
      answer.json += shown.json;
    }
    if (answer.data.empty()) answer.note = say(language_, Say::key_list_empty, publisher.code);
    return {{}, answer};
  }

  Administration add(registry::Publisher publisher, const std::string& name) const {
    auto certificate = signature::read_certificate(request_.signing_certificate);
    if (!certificate)
      return refused(ErrorCode::invalid,
                     say(language_, certificate.error().detail == "key" ? Say::key_unfit
                                                                        : Say::key_unreadable));
    auto& keys = *publisher.policy.mutable_signing_keys();
    if (static_cast<std::size_t>(keys.size()) >= signature::keys_max)
      return refused(ErrorCode::conflict, say(language_, Say::key_too_many, signature::keys_max));
    for (const auto& key : keys)
      if (key.name() == name || key.certificate() == certificate->der)
        return refused(ErrorCode::conflict,
                       say(language_, Say::key_exists, publisher.code, key.name()));
    auto& added = *keys.Add();
    added.set_name(name);
    added.set_certificate(certificate->der);
    return changed(publisher, added,
                   say(language_, Say::key_added, publisher.code, name, certificate->algorithm,
                       printable(certificate->subject), cap::cap_datetime(certificate->until_ms)));
  }

  Administration remove(registry::Publisher publisher, const std::string& name) const {
    auto& keys = *publisher.policy.mutable_signing_keys();
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.name() == name; });
    if (found == keys.end())
      return refused(ErrorCode::not_found, say(language_, Say::key_unknown, publisher.code, name));
    const auto removed = *found;
    keys.erase(found);
    auto note = say(language_, Say::key_removed, publisher.code, name);
    if (keys.empty() && publisher.policy.signature_required())
      note += "\n" + say(language_, Say::key_none_left, publisher.code);
    return changed(publisher, removed, std::move(note));
  }

  Administration changed(const registry::Publisher& publisher, const v1::SigningKey& key,
                         std::string note) const {
    v1::EntryBody body;
    *body.mutable_publisher_registered() = registry::write_publisher(publisher, request_.reason);
    Administration administration;
    administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
    administration.answer = {exit_code::ok, "", std::move(note), show(key).json};
    return administration;
  }

  const AdminRequest& request_;
  const registry::Registry& registry_;
  const Language language_;
};

// PEM as it is; DER as PEM would hold it, so that the request stays text.
std::string as_text(std::string bytes) {
  if (bytes.find("-----BEGIN") != std::string::npos) return bytes;
  const auto read = signature::read_certificate(bytes);
  return read ? signature::certificate_pem(*read) : std::string();
}

}  // namespace

Administration administer_signing_keys(const AdminRequest& request,
                                       const registry::Registry& registry) {
  return Verb(request, registry).carry_out();
}

AdminAnswer carry_out_key(const DataDirectory& directory, AdminRequest request,
                          const std::string& file, const journal::WallClock& clock) {
  if (request.action != Action::add) return carry_out(directory, request, clock);
  std::ifstream in(file, std::ios::binary);
  std::string bytes(certificate_bytes_max, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  request.signing_certificate = as_text(std::move(bytes));
  if (request.signing_certificate.empty())
    return answer_of(
        {ErrorCode::invalid, printable(file) + ": " + say(request.language, Say::key_unreadable)});
  return carry_out(directory, request, clock);
}

}  // namespace noroshi::admin
