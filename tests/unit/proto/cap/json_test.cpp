#include "proto/cap/json.hpp"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <noroshi/v1/reading.pb.h>

#include <set>

#include "proto/cap/schema.hpp"
#include "proto/cap/writer.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

using google::protobuf::FieldDescriptor;

// Strictly: what is no field of the message is an error.
v1::Reading parsed(const std::string& text) {
  v1::Reading message;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  EXPECT_TRUE(status.ok()) << status.ToString() << '\n' << text;
  return message;
}

std::string member(const std::string& text, const std::string& name) {
  const auto at = text.find("\"" + name + "\":");
  return at == std::string::npos ? "" : text.substr(at + name.size() + 3);
}

// An element is a field of the same name that is single, optional or a list as it is, and there
// are no others.
template <class Owner>
void expect_the_elements_of(const google::protobuf::Descriptor& message) {
  std::set<std::string> elements;
  each_field<Owner>([&](const auto& element) {
    elements.insert(std::string(element.name));
    const auto* field = [&]() -> const FieldDescriptor* {
      for (int i = 0; i < message.field_count(); ++i)
        if (message.field(i)->json_name() == element.name) return message.field(i);
      return nullptr;
    }();
    ASSERT_NE(field, nullptr) << element.name;
    const bool single = element.occurs == Occurs::once || element.occurs == Occurs::at_most_once;
    EXPECT_EQ(field->is_repeated(), !single) << element.name;
    EXPECT_EQ(field->has_optional_keyword(), element.occurs == Occurs::at_most_once)
        << element.name;
  });
  EXPECT_EQ(elements.size(), static_cast<std::size_t>(message.field_count()));
}

TEST(Json, TheMessageHasExactlyTheElementsOfCap) {
  expect_the_elements_of<Alert>(*v1::Reading::descriptor());
  expect_the_elements_of<Info>(*v1::Reading::Info::descriptor());
  expect_the_elements_of<Resource>(*v1::Reading::Resource::descriptor());
  expect_the_elements_of<Area>(*v1::Reading::Area::descriptor());
  expect_the_elements_of<NamedValue>(*v1::Reading::NamedValue::descriptor());
}

// Every text of `owner` stands in the message under the element's name.
template <class Owner>
void expect_texts(const Owner& owner, const google::protobuf::Message& message);

void expect_text(const Text& text, const google::protobuf::Message& message,
                 const FieldDescriptor& field) {
  if (field.type() != FieldDescriptor::TYPE_STRING) return;
  EXPECT_EQ(message.GetReflection()->GetString(message, &field), text.value) << field.name();
}
void expect_text(const std::optional<Text>& text, const google::protobuf::Message& message,
                 const FieldDescriptor& field) {
  EXPECT_EQ(message.GetReflection()->HasField(message, &field), text.has_value()) << field.name();
  if (text) expect_text(*text, message, field);
}
template <class Item>
void expect_text(const std::vector<Item>& items, const google::protobuf::Message& message,
                 const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  ASSERT_EQ(reflection.FieldSize(message, &field), static_cast<int>(items.size())) << field.name();
  for (int i = 0; i < static_cast<int>(items.size()); ++i) {
    const auto& item = items[static_cast<std::size_t>(i)];
    if constexpr (!std::is_same_v<Item, Text>) {
      expect_texts(item, reflection.GetRepeatedMessage(message, &field, i));
    } else if (field.type() == FieldDescriptor::TYPE_STRING) {
      EXPECT_EQ(reflection.GetRepeatedString(message, &field, i), item.value) << field.name();
    }
  }
}
template <class Owner>
void expect_texts(const Owner& owner, const google::protobuf::Message& message) {
  int index = 0;
  each_field<Owner>([&](const auto& element) {
    expect_text(owner.*element.member, message, *message.GetDescriptor()->field(index++));
  });
}

TEST(Json, SaysAllThatTheAlertSays) {
  const auto alert = sample::acceptable();
  const auto message = parsed(json(alert));
  expect_texts(alert, message);
  const auto& area = message.info(0).area(0);
  ASSERT_EQ(area.polygon(0).values_size(), 5);
  EXPECT_EQ(area.polygon(0).values(1).list_value().values(0).number_value(), 34.1);
  EXPECT_EQ(area.polygon(0).values(1).list_value().values(1).number_value(), 134.0);
  EXPECT_EQ(area.circle(0).centre().values(1).number_value(), 134.55);
  EXPECT_EQ(area.circle(0).radius_km(), 1.5);
  EXPECT_EQ(area.altitude(), 0);
  EXPECT_EQ(area.ceiling(), 100.5);
}

TEST(Json, LeavesOutWhatTheAlertLeavesOutButNoList) {
  Alert alert = sample::acceptable();
  alert.note.reset();
  alert.code.clear();
  alert.info[0].area[0].ceiling.reset();
  alert.info[0].resource.clear();
  const auto text = json(alert);
  expect_texts(alert, parsed(text));
  EXPECT_EQ(member(text, "note"), "");
  EXPECT_EQ(member(text, "ceiling"), "");
  EXPECT_TRUE(member(text, "code").starts_with("[],"));
  EXPECT_TRUE(member(text, "resource").starts_with("[],"));
  EXPECT_EQ(json(Alert{}),
            R"({"identifier":"","sender":"","sent":"","status":"","msgType":"","scope":"",)"
            R"("code":[],"info":[]})");
}

TEST(Json, NumbersHaveTheDigitsOfTheDocument) {
  const std::pair<std::string, std::string> cases[] = {
      {"139.7", "139.7"},
      {"34.070", "34.070"},
      {"+5", "5"},
      {"-0.5", "-0.5"},
      {"-.5", "-0.5"},
      {"007.25", "7.25"},
      {"000", "0"},
      {"-000.10", "-0.10"},
      {"12.", "12"},
      {"35.12345678901234567890", "35.12345678901234567890"},
      {"0.0000001", "0.0000001"}};
  for (const auto& [written, expected] : cases) {
    Alert alert = sample::acceptable();
    auto& area = alert.info[0].area[0];
    area.polygon = {fmt::format("{0},{0} 1,2", written)};
    area.circle = {fmt::format("1,{0} {0}", written)};
    area.altitude = written;
    const auto text = json(alert);
    EXPECT_TRUE(member(text, "polygon").starts_with(fmt::format("[[[{0},{0}],[1,2]]]", expected)))
        << text;
    EXPECT_TRUE(member(text, "circle")
                    .starts_with(fmt::format(R"([{{"centre":[1,{0}],"radiusKm":{0}}}])", expected)))
        << text;
    EXPECT_TRUE(member(text, "altitude").starts_with(expected + ","));
    parsed(text);
  }
}

TEST(Json, WhatIsNoNumberIsNotWrittenAsOne) {
  Alert alert = sample::acceptable();
  auto& area = alert.info[0].area[0];
  area.polygon = {"1,2 x,3", "1e3,2", ""};
  area.circle = {"NaN,1 2"};
  area.altitude = "1,5";
  const auto text = json(alert);
  EXPECT_TRUE(member(text, "polygon").starts_with("[[],[],[]]"));
  EXPECT_TRUE(member(text, "circle").starts_with("[{}]"));
  EXPECT_EQ(member(text, "altitude"), "");
  parsed(text);
}

TEST(Json, EveryTextSurvivesAndNothingUnseenIsBare) {
  for (const std::string text :
       {"", " ", "\"\\/", "a\nb\tc\rd", "避難 😀 ", "\x1b[31m", "\u0085\u200b\u202e\u2028\ufeff"}) {
    Alert alert = sample::acceptable();
    alert.note = text;
    const auto written = json(alert);
    EXPECT_EQ(parsed(written).note(), text);
    EXPECT_EQ(written.find_first_of("\x1b\n\r\t"), std::string::npos);
    EXPECT_EQ(written.find("\u202e"), std::string::npos);
  }
  Alert alert = sample::acceptable();
  alert.note = "broken \xFF UTF-8";
  EXPECT_EQ(parsed(json(alert)).note(), "broken \uFFFD UTF-8");
}

TEST(Reading, IsOfTheBytesAsTheyWereAccepted) {
  const auto alert = sample::acceptable();
  EXPECT_EQ(reading(write(alert)), json(alert));
  const auto noted = [](std::string_view note) {
    return sample::document(fmt::format("<identifier>x</identifier><note>{}</note>", note));
  };
  EXPECT_EQ(parsed(reading(noted("a<!-- b --> &amp;<![CDATA[ <c>]]>")).value()).note(), "a & <c>");
  const std::string declaration = "<?xml version='1.0' encoding='Shift_JIS'?>";
  EXPECT_EQ(parsed(reading(declaration + noted("\x94\xf0\x93\xef")).value()).note(), "避難");
}

TEST(Reading, ThereIsNoneOfWhatIsNoAlert) {
  EXPECT_FALSE(reading(""));
  EXPECT_FALSE(reading("<alert/>"));
  EXPECT_FALSE(reading("<!DOCTYPE a><alert/>"));
}

}  // namespace
}  // namespace noroshi::cap
