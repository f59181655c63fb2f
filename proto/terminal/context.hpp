// Named contexts: which hub a program calls and as whom, written once.
//
// File   $XDG_CONFIG_HOME/noroshi/contexts.toml, ~/.config/noroshi/contexts.toml without it. Nobody
//        but its owner may write to it. A table a context; paths are relative to the file:
//
//   [tokushima]
//   hub = "https://hub.example:8443"
//   ca = "ca.pem"
//   token-file = "city.token"      # or cert and key, for mutual TLS
//   city = "tokushima.toml"        # noroshi-publish order …
//   drill = "shakeout-2026"
//
// For receivers hub, and with it ca and token-file, may be lists: hubs in the order of preference.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::terminal {

// "" where the context does not say. Of a list all, with commas between (listed()).
struct Context {
  std::string hub, ca, token_file, cert, key, city, drill;
};

// Of the environment of the process; empty when it names neither a home nor a folder for it.
std::filesystem::path contexts_file();

// Failure  not_found, with the names there are, when there is none called `name`; configuration,
//          with the file and, where it has one, line and column, when the file cannot be read, may
//          be written by others, or says what is not known.
Result<Context> read_context(const std::filesystem::path& file, const std::string& name);

// The parts of a list with commas: "a,b". Empty for "".
std::vector<std::string> listed(std::string_view text);

// What `given` leaves open is taken from `named`; the identity (a token, or certificate and key)
// only as a whole.
Context filled_in(Context given, const Context& named);

}  // namespace noroshi::terminal
