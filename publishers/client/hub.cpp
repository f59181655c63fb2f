#include "publishers/client/hub.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <thread>
#include <utility>

#include "proto/hexadecimal.hpp"

namespace noroshi::publishers {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Hub::Hub(HubSettings settings, OnRetry on_retry)
    : settings_(std::move(settings)), on_retry_(std::move(on_retry)) {}

Answer<Accepted> Hub::submit(std::string_view alert, std::string_view media_type,
                             Deadline deadline) {
  return submit(alert, media_type, Person{}, deadline);
}

Answer<Accepted> Hub::submit(std::string_view alert, std::string_view media_type,
                             const Person& person, Deadline deadline) {
  auto request = post("/alerts", media_type, alert, person.confirm);
  if (!person.break_glass.empty())
    request.fields.emplace_back(
        "Noroshi-Break-Glass",
        boost::urls::encode(person.break_glass, boost::urls::unreserved_chars));
  return call(request, deadline).and_then(accepted_of);
}

Answer<Drafted> Hub::submit_draft(std::string_view alert, const std::string& replaces,
                                  const std::string& confirm, Deadline deadline) {
  auto request = post("/drafts", "application/cap+xml", alert, confirm);
  if (!replaces.empty()) request.fields.emplace_back("Noroshi-Replaces", replaces);
  return call(request, deadline).and_then(drafted_of);
}

Answer<DraftList> Hub::drafts(Deadline deadline) {
  return call(get("/drafts"), deadline).and_then(drafts_of);
}

Answer<std::string> Hub::draft(const std::string& id, Deadline deadline) {
  auto request = get("/drafts/" + boost::urls::encode(id, boost::urls::unreserved_chars));
  request.fields.front().second = "application/cap+xml";  // Accept
  return call(request, deadline).map([](wire::Response answer) { return std::move(answer.body); });
}

Answer<Accepted> Hub::approve(const std::string& id, const std::string& sha256,
                              const std::string& confirm, Deadline deadline) {
  const auto target = "/drafts/" + boost::urls::encode(id, boost::urls::unreserved_chars);
  const auto body = boost::json::serialize(boost::json::object{{"content_sha256", sha256}});
  return call(post(target + "/approval", "application/json", body, confirm), deadline)
      .and_then(accepted_of);
}

Answer<std::string> Hub::withdraw(const std::string& id, const std::string& reason,
                                  Deadline deadline) {
  const auto target = "/drafts/" + boost::urls::encode(id, boost::urls::unreserved_chars);
  const auto body = boost::json::serialize(boost::json::object{{"reason", reason}});
  return call(post(target + "/withdrawal", "application/json", body, ""), deadline)
      .map([](wire::Response answer) { return std::move(answer.body); });
}

wire::Request Hub::post(const std::string& target, std::string_view media_type,
                        std::string_view body, const std::string& confirm) const {
  auto request = get(target);
  request.method = "POST";
  request.fields.emplace_back("Content-Type", media_type);
  if (!confirm.empty()) request.fields.emplace_back("Noroshi-Confirm", confirm);
  request.body = body;
  return request;
}

Answer<Ladder> Hub::deliveries(std::uint64_t sequence, Deadline deadline) {
  const auto target = "/alerts/" + std::to_string(sequence) + "/deliveries";
  return call(get(target), deadline).and_then(ladder_of);
}

Answer<LadderFeed::End> Hub::follow(std::uint64_t sequence, Deadline deadline,
                                    const LadderFeed::Changed& changed) {
  auto request = get("/alerts/" + std::to_string(sequence) + "/deliveries");
  request.fields.front().second = "text/event-stream, application/problem+json";  // Accept
  LadderFeed::Line line{settings_.address, settings_.tls,
                        wire::encode(request, settings_.address.authority), settings_.attempt_limit,
                        Pace(settings_.retry_first, settings_.retry_most)};
  return LadderFeed(sequence, std::move(line), on_retry_, changed).run(deadline);
}

Answer<std::optional<std::uint64_t>> Hub::find(std::string_view identifier, Deadline deadline) {
  const auto encoded = boost::urls::encode(identifier, boost::urls::unreserved_chars);
  return call(get("/alerts?identifier=" + encoded + "&limit=1"), deadline).and_then(newest_of);
}

Answer<std::string> Hub::alert(std::uint64_t sequence, Deadline deadline) {
  return call(get("/alerts/" + std::to_string(sequence)), deadline).map([](wire::Response answer) {
    return std::move(answer.body);
  });
}

Answer<std::string> Hub::document(std::uint64_t sequence, Deadline deadline) {
  auto request = get("/alerts/" + std::to_string(sequence));
  request.fields.front().second = "application/cap+xml, application/problem+json";
  return call(request, deadline).map([](wire::Response answer) { return std::move(answer.body); });
}

wire::Request Hub::get(const std::string& target) const {
  wire::Request request;
  request.method = "GET";
  request.target = (settings_.drill.empty() ? "/v1" : "/v1/drills/" + settings_.drill) + target;
  request.fields = {{"Accept", "application/json, application/problem+json"},
                    {"Accept-Language", settings_.language},
                    {"User-Agent", "noroshi-publisher/" NOROSHI_VERSION}};
  if (!settings_.token.empty())
    request.fields.emplace_back("Authorization", "Bearer " + settings_.token);
  return request;
}

Answer<wire::Response> Hub::call(const wire::Request& request, Deadline deadline) {
  for (Pace pace(settings_.retry_first, settings_.retry_most);;) {
    const auto attempt = std::min(deadline, steady_clock::now() + settings_.attempt_limit);
    auto answer = exchange(settings_.address, settings_.tls, request, attempt);
    if (answer && answer->status >= 200 && answer->status < 300) return answer;
    auto failure = answer ? failure_of_answer(*answer) : std::move(answer.error());
    const auto wait = failure.wait ? milliseconds(*failure.wait) : pace.next();
    if (!worth_retrying(failure) || steady_clock::now() + wait >= deadline)
      return tl::unexpected(std::move(failure));
    on_retry_(failure, wait);
    std::this_thread::sleep_for(wait);
  }
}

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  return hexadecimal(hash);
}

}  // namespace noroshi::publishers
