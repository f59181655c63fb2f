#include "hub/admin/sample_prefecture.hpp"

#include <array>
#include <string>

namespace noroshi::admin {
namespace {

struct Municipality {
  const char* code;
  const char* name;
  const char* domain;
};

constexpr std::array<Municipality, 24> municipalities{{
    {"362018", "徳島市", "city.tokushima"},      {"362026", "鳴門市", "city.naruto"},
    {"362034", "小松島市", "city.komatsushima"}, {"362042", "阿南市", "city.anan"},
    {"362051", "吉野川市", "city.yoshinogawa"},  {"362069", "阿波市", "city.awa"},
    {"362077", "美馬市", "city.mima"},           {"362085", "三好市", "city.miyoshi"},
    {"363014", "勝浦町", "town.katsuura"},       {"363022", "上勝町", "town.kamikatsu"},
    {"363219", "佐那河内村", "vill.sanagochi"},  {"363413", "石井町", "town.ishii"},
    {"363421", "神山町", "town.kamiyama"},       {"363685", "那賀町", "town.naka"},
    {"363839", "牟岐町", "town.mugi"},           {"363871", "美波町", "town.minami"},
    {"363880", "海陽町", "town.kaiyo"},          {"364011", "松茂町", "town.matsushige"},
    {"364029", "北島町", "town.kitajima"},       {"364037", "藍住町", "town.aizumi"},
    {"364045", "板野町", "town.itano"},          {"364053", "上板町", "town.kamiita"},
    {"364681", "つるぎ町", "town.tsurugi"},      {"364894", "東みよし町", "town.higashimiyoshi"},
}};

v1::PublisherRegistered publisher(const char* code, const char* name, const std::string& sender,
                                  const char* area) {
  v1::PublisherRegistered publisher;
  publisher.set_code(code);
  publisher.set_name(name);
  publisher.add_senders(sender);
  publisher.add_areas(area);
  return publisher;
}

v1::SubscriberRegistered broadcaster(const char* id, const char* name, const char* area) {
  v1::SubscriberRegistered subscriber;
  subscriber.set_id(id);
  subscriber.set_name(name);
  subscriber.add_areas(area);
  subscriber.add_outlets("stream");
  return subscriber;
}

}  // namespace

std::vector<v1::PublisherRegistered> sample_publishers() {
  std::vector<v1::PublisherRegistered> publishers;
  publishers.push_back(publisher("360007", "徳島県", "pref.tokushima.lg.jp", "36"));
  for (const auto& [code, name, domain] : municipalities) {
    publishers.push_back(publisher(code, name, std::string(domain) + ".lg.jp", code));
  }
  return publishers;
}

std::vector<v1::SubscriberRegistered> sample_subscribers() {
  auto radio = broadcaster("demo-radio", "デモラジオ", "36");
  radio.add_events("evac");
  radio.set_min_level(3);
  return {broadcaster("demo-tv", "デモテレビ", "36"), radio,
          broadcaster("demo-app", "デモアプリ", "*")};
}

}  // namespace noroshi::admin
