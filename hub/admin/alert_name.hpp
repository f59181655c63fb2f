// Which entry somebody means: SEQUENCE, EPOCH-SEQUENCE, and of an alert its identifier, or its
// sender,identifier,sent as in the references of a document.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/admin/request.hpp"
#include "hub/view/view.hpp"

namespace noroshi::admin {

inline constexpr std::size_t alert_name_bytes_max = 512;

// What is a sequence is one, whatever is called like it; with an epoch it may be a name all the
// same, in a log of another epoch.
// Failure  invalid: can be neither.
Result<AuditTerms> entry_terms(const std::string& typed, std::uint64_t size, Language language);

// In the log of this epoch.
bool is_by_name(const AuditTerms& terms, std::uint64_t epoch);
view::AlertName alert_name(const AuditTerms& terms, std::uint64_t epoch);

// The one of `found`, in the log of this epoch.
// Failure  not_found; conflict, with their sequences, where several have that name.
Result<view::Listed> only_one(const AuditTerms& terms, std::uint64_t epoch,
                              std::vector<view::Listed> found, Language language);

}  // namespace noroshi::admin
