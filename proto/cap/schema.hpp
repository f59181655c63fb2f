// The elements of CAP 1.2 in their order, each with how often it may occur: the OASIS schema as one
// table that the reader, the writer and the rules on all texts walk. Inside proto/cap only.
#pragma once

#include <string_view>
#include <tuple>

#include "proto/cap/document.hpp"

namespace noroshi::cap {

enum class Occurs { once, at_most_once, at_least_once, any };

// What XML Schema does with white space: dateTime, language, URI and numbers collapse it.
enum class Spaces { preserve, collapse };

template <class Member>
struct Field {
  std::string_view name;
  Occurs occurs;
  Member member;
  Spaces spaces = Spaces::preserve;
};
template <class Member>  // clang 14 deduces nothing for aggregates by itself
Field(std::string_view, Occurs, Member, Spaces = Spaces::preserve)->Field<Member>;

template <class Owner>
inline constexpr int fields_of = 0;

template <>
inline constexpr auto fields_of<NamedValue> =
    std::tuple{Field{"valueName", Occurs::once, &NamedValue::value_name},
               Field{"value", Occurs::once, &NamedValue::value}};

template <>
inline constexpr auto fields_of<Resource> =
    std::tuple{Field{"resourceDesc", Occurs::once, &Resource::resource_desc},
               Field{"mimeType", Occurs::once, &Resource::mime_type},
               Field{"size", Occurs::at_most_once, &Resource::size, Spaces::collapse},
               Field{"uri", Occurs::at_most_once, &Resource::uri, Spaces::collapse},
               Field{"derefUri", Occurs::at_most_once, &Resource::deref_uri},
               Field{"digest", Occurs::at_most_once, &Resource::digest}};

template <>
inline constexpr auto fields_of<Area> =
    std::tuple{Field{"areaDesc", Occurs::once, &Area::area_desc},
               Field{"polygon", Occurs::any, &Area::polygon},
               Field{"circle", Occurs::any, &Area::circle},
               Field{"geocode", Occurs::any, &Area::geocode},
               Field{"altitude", Occurs::at_most_once, &Area::altitude, Spaces::collapse},
               Field{"ceiling", Occurs::at_most_once, &Area::ceiling, Spaces::collapse}};

template <>
inline constexpr auto fields_of<Info> =
    std::tuple{Field{"language", Occurs::at_most_once, &Info::language, Spaces::collapse},
               Field{"category", Occurs::at_least_once, &Info::category},
               Field{"event", Occurs::once, &Info::event},
               Field{"responseType", Occurs::any, &Info::response_type},
               Field{"urgency", Occurs::once, &Info::urgency},
               Field{"severity", Occurs::once, &Info::severity},
               Field{"certainty", Occurs::once, &Info::certainty},
               Field{"audience", Occurs::at_most_once, &Info::audience},
               Field{"eventCode", Occurs::any, &Info::event_code},
               Field{"effective", Occurs::at_most_once, &Info::effective, Spaces::collapse},
               Field{"onset", Occurs::at_most_once, &Info::onset, Spaces::collapse},
               Field{"expires", Occurs::at_most_once, &Info::expires, Spaces::collapse},
               Field{"senderName", Occurs::at_most_once, &Info::sender_name},
               Field{"headline", Occurs::at_most_once, &Info::headline},
               Field{"description", Occurs::at_most_once, &Info::description},
               Field{"instruction", Occurs::at_most_once, &Info::instruction},
               Field{"web", Occurs::at_most_once, &Info::web, Spaces::collapse},
               Field{"contact", Occurs::at_most_once, &Info::contact},
               Field{"parameter", Occurs::any, &Info::parameter},
               Field{"resource", Occurs::any, &Info::resource},
               Field{"area", Occurs::any, &Info::area}};

template <>
inline constexpr auto fields_of<Alert> =
    std::tuple{Field{"identifier", Occurs::once, &Alert::identifier},
               Field{"sender", Occurs::once, &Alert::sender},
               Field{"sent", Occurs::once, &Alert::sent, Spaces::collapse},
               Field{"status", Occurs::once, &Alert::status},
               Field{"msgType", Occurs::once, &Alert::msg_type},
               Field{"source", Occurs::at_most_once, &Alert::source},
               Field{"scope", Occurs::once, &Alert::scope},
               Field{"restriction", Occurs::at_most_once, &Alert::restriction},
               Field{"addresses", Occurs::at_most_once, &Alert::addresses},
               Field{"code", Occurs::any, &Alert::code},
               Field{"note", Occurs::at_most_once, &Alert::note},
               Field{"references", Occurs::at_most_once, &Alert::references},
               Field{"incidents", Occurs::at_most_once, &Alert::incidents},
               Field{"info", Occurs::any, &Alert::info}};

// Calls `visit` with each field of `Owner`, in document order.
template <class Owner, class Visit>
constexpr void each_field(Visit visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, fields_of<Owner>);
}

}  // namespace noroshi::cap
