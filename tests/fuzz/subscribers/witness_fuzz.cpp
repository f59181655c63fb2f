// Whatever a hub signs or a witness hands in: a note that is read is written again as it was, its
// checkpoint stands at its beginning, and nobody has cosigned it who has not.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/cosignature.hpp"
#include "proto/merkle/note_parts.hpp"
#include "subscribers/client/consistency_answer.hpp"

namespace {

using namespace noroshi;

constexpr std::string_view known_witness =
    "tv.example+43289fe3+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view cosigned_text =
    "noroshi/7\n3\nICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";  // all it ever signed

void read_note(std::string_view bytes) {
  static const std::array witnesses{*merkle::WitnessKey::read(known_witness)};
  const auto parts = merkle::parts_of(bytes);
  if (!parts) return;
  auto written = parts->text + "\n";
  for (const auto& line : parts->signatures) written += text_of(line);
  if (written != bytes) std::abort();
  if (const auto checkpoint = merkle::read_checkpoint(parts->text);
      checkpoint && !parts->text.starts_with(text_of(*checkpoint)))
    std::abort();
  if (merkle::cosignature_in(*parts, witnesses) && parts->text != cosigned_text) std::abort();
}

void read_key(std::string_view bytes) {
  if (const auto key = merkle::WitnessKey::read(bytes); key && key->text() != bytes) std::abort();
  if (const auto key = merkle::Cosigner::read(bytes); key && key->secret() != bytes) std::abort();
  if (const auto key = merkle::NoteVerifier::read(bytes); key && key->text() != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_note(bytes);
  read_key(bytes);
  if (const auto proof = subscribers::consistency_proof_in(bytes); proof && proof->size() > 128)
    std::abort();
  return 0;
}
