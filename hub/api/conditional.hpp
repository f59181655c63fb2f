// Conditional requests (RFC 9110, section 13), as far as reading a resource needs them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/wire/http.hpp"

namespace noroshi::api {

// The opaque parts of the entity tags that If-None-Match names, weak or not, 64 at most and in
// their order. A field that is none names none.
struct EntityTags {
  bool any = false;  // "*"
  std::vector<std::string> tags;
};
std::optional<EntityTags> if_none_match(const wire::Request& request);

// An HTTP-date (section 5.6.7, each of its three forms) in Unix seconds.
std::optional<std::int64_t> http_date(std::string_view text);
// As IMF-fixdate, the only form to be sent.
std::string http_date(std::int64_t unix_seconds);

// What the reader holds is what there is: 304. If-None-Match, when it is there, is the only one
// that counts (section 13.2.2). `modified_s` nothing: there is no date to go by. A date that the
// clock has not reached is no date of ours.
bool is_unchanged(const wire::Request& request, std::string_view tag,
                  std::optional<std::int64_t> modified_s, std::int64_t now_s);

}  // namespace noroshi::api
