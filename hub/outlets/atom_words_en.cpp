#include "hub/outlets/atom_words.hpp"

namespace noroshi::outlets {

const AtomWords atom_words_en{
    "en",
    "Disaster alerts",
    "Disaster alerts for {subscriber}",
    "[DRILL] ",
    "[CANCELLED] ",
    "[REPLACED] ",
    "[EXPIRED] ",
    "[EXPIRED, NOT LIFTED] ",
    ". ",
    "Issued by {publisher}",
    "Issued by {publisher} (typed by {typist})",
    "Warning level {level}",
    "Warning level unknown",
    "For: {places}",
    ", ",
    "This has been cancelled",
    "This has been replaced by newer information",
    "This has expired",
    "This has expired and nobody has lifted it",
};

}  // namespace noroshi::outlets
