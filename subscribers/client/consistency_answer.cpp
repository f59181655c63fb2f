#include "subscribers/client/consistency_answer.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <string>

#include "proto/merkle/base64.hpp"

namespace noroshi::subscribers {

namespace {

constexpr std::size_t hashes_max = 128;  // two for each level of the largest tree there can be

}  // namespace

Result<merkle::Proof> consistency_proof_in(std::string_view answer) {
  const auto wrong = [] { return failure(ErrorCode::invalid, "no consistency proof"); };
  boost::system::error_code error;
  const auto value = boost::json::parse({answer.data(), answer.size()}, error);
  if (error || !value.is_object()) return wrong();
  const auto* member = value.get_object().if_contains("proof");
  if (member == nullptr || !member->is_array() || member->get_array().size() > hashes_max)
    return wrong();
  merkle::Proof proof;
  for (const auto& text : member->get_array()) {
    const auto bytes =
        text.is_string() ? merkle::from_base64({text.get_string().data(), text.get_string().size()})
                         : std::nullopt;
    if (!bytes || bytes->size() != merkle::Hash{}.size()) return wrong();
    std::copy(bytes->begin(), bytes->end(), proof.emplace_back().begin());
  }
  return proof;
}

}  // namespace noroshi::subscribers
