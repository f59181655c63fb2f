// The rules of CAP 1.2 as this hub keeps them. S = OASIS CAP 1.2 schema, P = its prose, X = XML 1.0
// and namespaces, D = our decision where the standard is silent or practice differs.
//
//   gate.cpp, charset.cpp
//     R001  error  well-formed, in a charset that is taken and that agrees with itself       X D
//     R002  error  no DOCTYPE, no XInclude, within the bounds of limits.hpp                     D
//   reader.cpp
//     R003  error  the root is alert of CAP 1.2                                                 S
//     R004  error  known elements only, in order and number; no stray text or attributes        S
//     R005  –      XML signatures at the end of alert are let through unread                    S
//   alert_rules.cpp
//     R010  error  identifier is not empty, without white space , < &                           P
//     R011  error  sender: the same                                                             P
//     R012  error  sent is a CAP time; warn: it lies in the future                          S P D
//     R013  error  status is a word of the list                                                 S
//     R014  error  msgType is a word of the list                                                S
//     R016  error  scope is a word of the list                                                  S
//     R017  error  scope Restricted has a restriction                                           P
//     R018  error  a restriction has the scope Restricted                                       D
//     R019  error  scope Private has addresses; their quotes are balanced                     P D
//     R021  warn   Exercise names the exercise, Error its reason, in note                       P
//     R026  warn   the quotes of incidents are balanced                                         P
//     R027  error  a public Alert or Update has an info, unless status is System                D
//   reference_rules.cpp
//     R022  error  references are triples; warn: the element is empty                         P D
//     R023  error  Update, Cancel, Ack and Error have references                                D
//     R024  error  no reference to itself; warn: same identifier, other time                    D
//     R025  warn   what is referenced was not sent later                                        D
//   info_rules.cpp
//     R030  error  language is a language tag                                                   S
//     R031  error  category: at least one, of the list                                          S
//     R032  error  event is not blank                                                         S D
//     R033  error  responseType is of the list                                                  S
//     R034  error  urgency is of the list                                                       S
//     R035  error  severity is of the list                                                      S
//     R036  error  certainty is of the list                                                     S
//     R037  warn   senderName is there                                                          P
//     R038  warn   description is there                                                         P
//     R039  error  effective is a CAP time                                                      S
//     R040  error  onset is a CAP time                                                          S
//     R041  error  expires is a CAP time                                                        S
//     R042  error  expires is not before effective, or sent where there is none                 D
//     R043  warn   instruction is there                                                         P
//     R044  warn   headline has at most 160 characters                                          P
//     R045  warn   responseType is there                                                        P
//     R046  error  web is an absolute URI; warn: it is empty                                  P D
//   resource_rules.cpp
//     R050  error  resourceDesc is not blank                                                  S D
//     R051  error  mimeType is type/subtype under a registered top-level type                   P
//     R052  error  size is a whole number of bytes                                              S
//     R053  error  uri is absolute, or relative beside a derefUri                               P
//     R054  error  derefUri is base64                                                           P
//     R055  warn   digest is SHA-1 in hexadecimal, and that of derefUri                         P
//   area_rules.cpp
//     R060  error  areaDesc is not blank                                                      S D
//     R061  error  polygon is pairs `lat,lon`                                                   P
//     R062  error  polygon has four points or more and the first is the last                    P
//     R063  error  latitude within ±90, longitude within ±180                              WGS 84
//     R064  error  circle is `lat,lon radius`, not negative; warn: zero                         P
//     R066  error  altitude is a decimal                                                        S
//     R067  error  ceiling is a decimal                                                         S
//     R068  error  ceiling only with altitude, and not below it                               P D
//     R069  warn   a polygon does not cross itself                                              D
//   text_rules.cpp
//     R047  warn   an element that is there is not empty                                        P
//     R070  warn   no HTML entities in text                                                     P
//     R071  warn   no HTML tags in text                                                         P
#include "proto/cap/rules.hpp"

#include "proto/cap/limits.hpp"

namespace noroshi::cap {

void check(const Alert& alert, std::int64_t now, Findings& findings) {
  check_alert(alert, now, findings);
  check_references(alert, findings);
  AreaBudget budget{alert_points_max, {}};
  for (std::size_t i = 0; i < alert.info.size(); ++i) {
    const Info& info = alert.info[i];
    const Path path(alert_path, "info", i + 1);
    check_info(info, alert.sent, path, findings);
    for (std::size_t r = 0; r < info.resource.size(); ++r)
      check_resource(info.resource[r], Path(path, "resource", r + 1), findings);
    for (std::size_t a = 0; a < info.area.size(); ++a)
      check_area(info.area[a], Path(path, "area", a + 1), budget, findings);
  }
  check_texts(alert, findings);
}

}  // namespace noroshi::cap
