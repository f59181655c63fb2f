#include "publishers/client/hub.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <thread>
#include <utility>

namespace noroshi::publishers {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Hub::Hub(HubSettings settings, OnRetry on_retry)
    : settings_(std::move(settings)),
      on_retry_(std::move(on_retry)),
      random_(std::random_device{}()) {}

Answer<Accepted> Hub::submit(std::string_view alert, std::string_view media_type,
                             Deadline deadline) {
  wire::Request request = get("/alerts");
  request.method = "POST";
  request.fields.emplace_back("Content-Type", media_type);
  request.body = alert;
  return call(request, deadline).and_then(accepted_of);
}

Answer<Ladder> Hub::deliveries(std::uint64_t sequence, Deadline deadline) {
  const auto target = "/alerts/" + std::to_string(sequence) + "/deliveries";
  return call(get(target), deadline).and_then(ladder_of);
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
  for (auto step = settings_.retry_first;; step = std::min(step * 2, settings_.retry_most)) {
    const auto attempt = std::min(deadline, steady_clock::now() + settings_.attempt_limit);
    auto answer = exchange(settings_.address, settings_.tls, request, attempt);
    if (answer && answer->status >= 200 && answer->status < 300) return answer;
    auto failure = answer ? failure_of_answer(*answer) : std::move(answer.error());
    const auto wait = failure.wait ? milliseconds(*failure.wait) : jittered(step);
    if (!worth_retrying(failure) || steady_clock::now() + wait >= deadline)
      return tl::unexpected(std::move(failure));
    on_retry_(failure, wait);
    std::this_thread::sleep_for(wait);
  }
}

milliseconds Hub::jittered(milliseconds step) {
  return milliseconds{
      std::uniform_int_distribution<milliseconds::rep>(step.count() / 2, step.count())(random_)};
}

}  // namespace noroshi::publishers
