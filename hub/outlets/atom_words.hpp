// What a feed says to people around the words of the alerts, in one language.
#pragma once

#include <string_view>

#include "proto/cap/messages.hpp"

namespace noroshi::outlets {

struct AtomWords {
  std::string_view tag;  // of the language, BCP 47
  std::string_view feed_title, feed_of;
  // In front of a title.
  std::string_view drill, cancelled, superseded, expired, expired_unlifted;
  // Sentences of the summary, each ended by `stop`. {publisher} {typist} {level} {places}
  std::string_view stop, issued, typed, level, level_unknown, places, comma;
  std::string_view was_cancelled, was_superseded, has_expired, has_expired_unlifted;
};

extern const AtomWords atom_words_ja;
extern const AtomWords atom_words_en;
const AtomWords& atom_words(cap::Language language);

}  // namespace noroshi::outlets
