#include "hub/api/draft_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/api/officer_request.hpp"
#include "hub/api/times.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::api {
namespace {

boost::json::object receipt(journal::Sequence sequence, const v1::DraftSubmitted& draft,
                            std::uint64_t epoch) {
  return {{"id", draft.id()},
          {"sequence", sequence},
          {"epoch", epoch},
          {"channel", drills::Channel::of(draft).name()},
          {"until", timestamp(draft.until_ms())},
          {"publisher", draft.publisher()},
          {"author", draft.author()},
          {"content_sha256", hexadecimal(draft.content_sha256())}};
}

std::string_view state_of(const admission::Draft& draft, std::int64_t now_ms) {
  switch (draft.end) {
    case admission::Draft::End::approved:
      return "approved";
    case admission::Draft::End::withdrawn:
      return "withdrawn";
    case admission::Draft::End::replaced:
      return "replaced";
    case admission::Draft::End::none:
      break;
  }
  return draft.waits_at(now_ms) ? "waiting" : "expired";
}

boost::json::object summary_json(const v1::Summary& summary) {
  boost::json::array codes;
  for (const auto& code : summary.area_codes()) codes.emplace_back(code);
  boost::json::object json{{"sender", summary.sender()},
                           {"identifier", summary.identifier()},
                           {"message_type", summary.message_type()},
                           {"document", summary.document()},
                           {"revision", summary.revision()},
                           {"event", summary.event()},
                           {"level", nullptr},
                           {"headline", summary.headline()},
                           {"area_codes", std::move(codes)}};
  if (summary.level() > 0) json["level"] = summary.level();
  return json;
}

}  // namespace

boost::json::object draft_receipt(const journal::Stored& stored, std::uint64_t epoch) {
  return receipt(stored.sequence, stored.entry.body().draft_submitted(), epoch);
}

boost::json::object draft_json(const admission::Draft& draft, std::uint64_t epoch,
                               std::int64_t now_ms) {
  auto json = receipt(draft.sequence, draft.submitted, epoch);
  json["submitted_at"] = timestamp(draft.at_ms);
  json["content_size"] = draft.submitted.content_size();
  json["state"] = state_of(draft, now_ms);
  json["ended_by"] = draft.by;
  json["reason"] = draft.reason;
  json["alert"] = nullptr;
  if (draft.end == admission::Draft::End::approved) json["alert"] = draft.ended_by;
  json["summary"] = summary_json(draft.submitted.summary());
  return json;
}

std::string full_draft_json(const boost::json::object& draft, std::string_view reading) {
  auto json = boost::json::serialize(draft);
  if (reading.empty()) return json;
  json.back() = ',';  // was the end of the object
  return json.append("\"reading\":").append(reading).append("}");
}

}  // namespace noroshi::api
