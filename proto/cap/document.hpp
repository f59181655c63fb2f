// An alert as CAP 1.2 (OASIS, section 3.2) describes it: elements in their order, values as they
// are written. Reading and judging are apart: what cannot be understood is still here as text.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace noroshi::cap {

inline constexpr std::string_view cap_namespace = "urn:oasis:names:tc:emergency:cap:1.2";

// Where an element begins in the decoded document, from 1; 0: it was not read from one. Places are
// no part of what an alert says: two alerts are equal wherever their elements stand.
struct Place {
  unsigned line = 0;
  unsigned column = 0;
  friend bool operator==(Place, Place) { return true; }
};

// The value of a simple element, and where the element begins.
struct Text {
  Text() = default;
  Text(std::string text, Place at = {}) : value(std::move(text)), place(at) {}
  Text(const char* text) : value(text) {}
  operator std::string_view() const { return value; }

  friend bool operator==(const Text&, const Text&) = default;
  template <std::convertible_to<std::string_view> Other>
  requires(!std::same_as<Other, Text>) friend bool operator==(const Text& text,
                                                              const Other& other) {
    return text.value == std::string_view(other);
  }

  std::string value;
  Place place;
};

// eventCode, parameter and geocode.
struct NamedValue {
  Text value_name;
  Text value;
  Place place;
  friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

struct Resource {
  Text resource_desc;
  Text mime_type;
  std::optional<Text> size;
  std::optional<Text> uri;
  std::optional<Text> deref_uri;
  std::optional<Text> digest;
  Place place;
  friend bool operator==(const Resource&, const Resource&) = default;
};

// polygon and circle as written; shape.hpp reads them.
struct Area {
  Text area_desc;
  std::vector<Text> polygon;
  std::vector<Text> circle;
  std::vector<NamedValue> geocode;
  std::optional<Text> altitude;
  std::optional<Text> ceiling;
  Place place;
  friend bool operator==(const Area&, const Area&) = default;
};

struct Info {
  std::optional<Text> language;
  std::vector<Text> category;
  Text event;
  std::vector<Text> response_type;
  Text urgency;
  Text severity;
  Text certainty;
  std::optional<Text> audience;
  std::vector<NamedValue> event_code;
  std::optional<Text> effective;
  std::optional<Text> onset;
  std::optional<Text> expires;
  std::optional<Text> sender_name;
  std::optional<Text> headline;
  std::optional<Text> description;
  std::optional<Text> instruction;
  std::optional<Text> web;
  std::optional<Text> contact;
  std::vector<NamedValue> parameter;
  std::vector<Resource> resource;
  std::vector<Area> area;
  Place place;
  friend bool operator==(const Info&, const Info&) = default;
};

// Where the xmldsig elements at the end of an alert begin; what is in them is proto/signature's.
// They are no part of what an alert says: two alerts are equal with and without.
struct Signatures {
  std::vector<Place> places;
  friend bool operator==(const Signatures&, const Signatures&) { return true; }
};

struct Alert {
  Text identifier;
  Text sender;
  Text sent;
  Text status;
  Text msg_type;
  std::optional<Text> source;
  Text scope;
  std::optional<Text> restriction;
  std::optional<Text> addresses;
  std::vector<Text> code;
  std::optional<Text> note;
  std::optional<Text> references;
  std::optional<Text> incidents;
  std::vector<Info> info;
  Signatures signatures = {};
  Place place;
  friend bool operator==(const Alert&, const Alert&) = default;
};

// What names an alert for ever.
struct Triple {
  std::string sender;
  std::string identifier;
  std::string sent;
  friend bool operator==(const Triple&, const Triple&) = default;
};

// The alerts `alert` refers to, in its order. What is no `sender,identifier,sent` with a time in
// CAP form is left out; rule R022 reports it.
std::vector<Triple> references(const Alert& alert);

// One word of a references element. Nothing when it is no triple.
std::optional<Triple> triple(std::string_view word);

}  // namespace noroshi::cap
