// What an endpoint of webhooks answers, and what an operator types as its URL and secret.
//
// Input: the answer, as it comes; and as text a URL and a secret.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "hub/webhook/answer_reader.hpp"
#include "hub/webhook/signature.hpp"
#include "hub/webhook/url.hpp"

namespace {

using namespace noroshi;

void require(bool holds) {
  if (!holds) std::abort();
}

// Whatever the pieces it comes in, it is the same answer.
void examine_answer(std::span<const std::byte> bytes) {
  webhook::AnswerReader whole;
  const auto at_once = whole.feed(bytes);
  webhook::AnswerReader pieces;
  Result<bool> in_pieces = false;
  for (std::size_t i = 0; i < bytes.size() && in_pieces && !*in_pieces; ++i)
    in_pieces = pieces.feed(bytes.subspan(i, 1));
  require(at_once.has_value() == in_pieces.has_value());
  if (!at_once) return;
  require(*at_once == *in_pieces && whole.answer().status == pieces.answer().status);
  if (*at_once) require(whole.answer().status >= 200 && whole.answer().status < 600);
}

void examine_url(std::string_view text) {
  const auto url = webhook::read_url(text);
  if (!url) return;
  require(!url->host.empty() && url->target.starts_with('/') && url->port != 0);
  require(url->authority().find_first_of("/@\\ \r\n") == std::string::npos);
  require(webhook::read_url("https://" + url->authority() + url->target) == *url);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  examine_answer(std::as_bytes(std::span(text.data(), text.size())));
  examine_url(text);
  if (const auto secret = webhook::read_secret(text))
    require(webhook::secret_text(*secret) == text);
  return 0;
}
