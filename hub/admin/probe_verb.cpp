#include "hub/admin/probe_verb.hpp"

#include <boost/json.hpp>
#include <thread>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/hub_line.hpp"
#include "hub/admin/printable.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds asked_every{100};

AdminAnswer asked(const DataDirectory& directory, const AdminRequest& request) {
  const auto answer = ask_hub(directory.admin_socket(), request);
  if (!answer) return answer_of(answer.error());
  if (*answer) return **answer;
  const auto root = printable(directory.root.string());
  return answer_of({ErrorCode::unavailable, say(request.language, Say::no_hub, root)});
}

// {"probe","ended"}, as the hub answers.
const json::object* standing_of(const AdminAnswer& answer, json::value& kept) {
  boost::system::error_code error;
  kept = json::parse(answer.json, error);
  if (error || !kept.is_object()) return nullptr;
  const auto& object = kept.as_object();
  return object.contains("probe") && object.contains("ended") ? &object : nullptr;
}

}  // namespace

AdminAnswer carry_out_test(const DataDirectory& directory, AdminRequest request,
                           std::chrono::seconds patience) {
  if (const auto complete = check_complete(directory, request.language); !complete)
    return answer_of(complete.error());
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto answer = asked(directory, request);
    json::value kept;
    const auto* standing = standing_of(answer, kept);
    if (standing == nullptr || standing->at("ended") == true) return answer;
    request.probe = standing->at("probe").to_number<std::uint64_t>();
    if (std::chrono::steady_clock::now() >= until) {
      answer.exit_code = exit_code::unconfirmed;
      answer.note = say(request.language, Say::probe_under_way, patience.count());
      return answer;
    }
    std::this_thread::sleep_for(asked_every);
  }
}

}  // namespace noroshi::admin
