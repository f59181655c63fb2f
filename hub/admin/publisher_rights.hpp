// What a publisher may do beyond its codes, out of what an operator types: events, territory,
// proxies, policy.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/admin/request.hpp"
#include "hub/registry/publisher.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// `outage.*` and `outage.` are kept as `outage.`; `*` is any, which is the empty list.
Result<std::vector<std::string>> event_rights(const std::vector<std::string>& typed,
                                              Language language);

// The GeoJSON in `file` as RightsTerms.territory; it is checked and repaired here, so that what is
// wrong is told with the file's name. At most geojson_bytes_max.
inline constexpr std::size_t geojson_bytes_max = 8u << 20;
Result<std::string> territory_from(const std::string& file, Language language);

// The bytes to register for what territory_from() gave; nothing for "".
Result<std::shared_ptr<const std::string>> area_bytes(const std::string& digits, Language language);

// Changes `publisher` as `terms` say, or says what cannot be. A proxy right is given by
// `CODE:UNTIL`, where UNTIL is a day in Japan (its end) or a time with its zone, at most a year
// ahead; giving it again changes its end.
std::optional<Error> change_rights(registry::Publisher& publisher, const RightsTerms& terms,
                                   Language language);

}  // namespace noroshi::admin
