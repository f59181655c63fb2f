// The secret that a [[notify]] of kind webhook is signed with: from a file or from the environment,
// never from noroshi.toml, which many may read.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "proto/result.hpp"

namespace noroshi::config {

// Where secrets are looked for; outlived by what it refers to.
struct SecretPlaces {
  const std::filesystem::path& data;  // a file's name is relative to it
  const std::map<std::string, std::string>& environment;
};

// `whsec_…` (hub/webhook/signature.hpp), white space around it left out. configuration, with the
// reason and never with the secret, when there is none.
Result<std::string> secret_of_file(const SecretPlaces& places, const std::string& name);
Result<std::string> secret_of_variable(const SecretPlaces& places, const std::string& name);

}  // namespace noroshi::config
