// The command line of noroshi-hub: from arguments to verbs to exit codes.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "hub/config/config.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// What a run of the program stands in; in tests, strings.
struct Surroundings {
  std::ostream& out;  // data
  std::ostream& err;  // everything else
  std::map<std::string, std::string> environment;
  journal::WallClock clock;
};

// Runs the hub until it is stopped; the program's exit code.
using Serve = std::function<int(const config::Config&)>;

// `arguments` without the program's name. `serve` is called for the verb of that name, with a
// configuration that is whole: file, environment and options, over a complete data directory.
int run(const std::vector<std::string>& arguments, const Surroundings& surroundings,
        const Serve& serve);

// The same over the process's own arguments, streams, environment and clock.
int run(int argc, char** argv, const Serve& serve);

}  // namespace noroshi::admin
