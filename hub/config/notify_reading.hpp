// Reads [[notify]]: every problem of it, each with its place.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <vector>

#include "hub/config/notify.hpp"
#include "hub/config/notify_secret.hpp"
#include "hub/config/problem.hpp"

namespace noroshi::config {

// `wrong` is called for each problem; its place is filled in by the caller. What has a problem is
// left out of the answer.
using WrongAt = std::function<void(const toml::source_region&, Problem)>;
std::vector<Notify> read_notify(const toml::node& node, const SecretPlaces& secrets,
                                const WrongAt& wrong);

}  // namespace noroshi::config
