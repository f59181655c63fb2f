// A token for each publisher of a test, without a secret to carry about.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>

#include "hub/journal/entry.hpp"

namespace noroshi::admission {

inline v1::EntryBody token_of(const std::string& publisher) {
  v1::EntryBody body;
  auto& token = *body.mutable_token_issued();
  token.set_kind(v1::TokenIssued::PUBLISHER);
  token.set_id(publisher);
  const auto hash = journal::content_hash("token of " + publisher);
  token.set_token_sha256(hash.data(), hash.size());
  return body;
}

// What an alert that was sent with it names.
inline std::string credential_of(const std::string& publisher) {
  constexpr const char* digits = "0123456789abcdef";
  const auto hash = journal::content_hash("token of " + publisher);
  std::string name;
  for (std::size_t i = 0; i < 4; ++i) {
    name += digits[hash.at(i) >> 4];
    name += digits[hash.at(i) & 15];
  }
  return name;
}

}  // namespace noroshi::admission
