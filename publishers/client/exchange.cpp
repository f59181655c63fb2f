#include "publishers/client/exchange.hpp"

#include <boost/asio/io_context.hpp>
#include <optional>
#include <utility>

#include "publishers/client/call.hpp"

namespace noroshi::publishers {

namespace {

constexpr std::size_t answer_bytes_max = std::size_t{4} * 1024 * 1024;
constexpr std::chrono::milliseconds close_limit{500};

// Lets the connection say its good-bye.
void finish(Call& call, boost::asio::io_context& context) {
  call.close(close_limit);
  const auto limit = std::chrono::steady_clock::now() + 2 * close_limit;
  while (!call.closed() && context.run_one_until(limit) > 0) continue;
}

}  // namespace

Answer<wire::Response> exchange(const wire::HubAddress& hub, const wire::TlsContext& tls,
                                const wire::Request& request,
                                std::chrono::steady_clock::time_point deadline) {
  wire::ResponseReader reader(answer_bytes_max);
  std::optional<Answer<wire::Response>> result;
  const auto end = [&](Failure failure) {
    if (!result) result.emplace(tl::unexpect, std::move(failure));
  };
  Call::Ends ends;
  ends.ended = end;
  ends.bytes = [&](std::span<const std::byte> bytes) {
    if (result) return;
    if (const auto taken = reader.feed(bytes); !taken)
      return end(failed(Failure::Kind::not_a_hub, taken.error().detail));
    if (reader.complete()) result.emplace(reader.take());
  };
  boost::asio::io_context context;
  const auto call = std::make_shared<Call>(context, hub, tls, wire::encode(request, hub.authority),
                                           std::move(ends));
  call->start();
  while (!result && context.run_one_until(deadline) > 0) continue;
  if (!result) end(failed(Failure::Kind::timed_out));
  finish(*call, context);
  return std::move(*result);
}

}  // namespace noroshi::publishers
