// Feeds an entry of tests/fuzz with seeds and with what random changes make of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace noroshi::wire::testing {

inline void fuzz(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// The entry aborts when it finds something; the seed printed before tells how to see it again.
inline void fuzz_around(const std::vector<std::string>& seeds, int rounds) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 random(seed);
  for (const std::string& input : seeds) fuzz(input);
  for (int round = 0; round < rounds; ++round) {
    std::string input = seeds[random() % seeds.size()] + seeds[random() % seeds.size()];
    for (unsigned change = 0; change < 1 + random() % 4; ++change) {
      const std::size_t at = random() % input.size();
      switch (random() % 4) {
        case 0:
          input[at] = static_cast<char>(random() & 0xFF);
          break;
        case 1:
          input.insert(at, 1, "\r\n :\t,\0/%;"[random() % 10]);
          break;
        case 2:
          input.erase(at, 1 + random() % 3);
          break;
        default:
          input.insert(at, input.substr(random() % input.size(), random() % 20));
          break;
      }
      if (input.empty()) input = " ";
    }
    fuzz(input);
  }
}

}  // namespace noroshi::wire::testing
