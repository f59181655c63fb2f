// Alerts changed the way tools and people change them: one element a line, so that elements can be
// dropped, doubled, exchanged, renamed, filled with other values and written in other ways.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace noroshi::cap::mutants {

// Two sound alerts of our own with everything CAP has, and what the valid documents say in
// the folder that NOROSHI_CORPUS names, if it names one.
std::vector<std::string> originals();

// `document` with one to three changes, chosen by `random`; often no longer sound, sometimes no
// longer well-formed. UTF-8.
std::string mutant(const std::string& document, std::mt19937& random);

}  // namespace noroshi::cap::mutants
