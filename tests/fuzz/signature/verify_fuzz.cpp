// Any bytes at all through verify(). One alert was ever signed with the keys below, whose private
// halves are gone: whatever is found verified must say just that.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/validate.hpp"
#include "proto/signature/verify.hpp"
#include "proto/signature/words.hpp"

namespace {

using namespace noroshi;

constexpr std::int64_t now_ms = 1'800'000'000'000;  // 2027-01-15T08:00:00Z

constexpr std::string_view issuer =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdTCCARugAwIBAgIUXm4wyPJ7mP7o+X//ENt+qJd03mUwCgYIKoZIzj0EAwIw\n"
    "DzENMAsGA1UEAwwEZnV6ejAgFw0yNjExMjIyMzM5MTNaGA8yMTI2MTAyOTIzMzkx\n"
    "M1owDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAqr\n"
    "flvoTjKLkvD4tUbAjK5sSMNbp9uD+YVUh/qByZ1eZbTonG+x08ZDJ4LrltdTgO/Z\n"
    "sLqJL2xEh+gDZMIKls6jUzBRMB0GA1UdDgQWBBSgcB1y7tI9DctZTmIfVI+ZPf7/\n"
    "GzAfBgNVHSMEGDAWgBSgcB1y7tI9DctZTmIfVI+ZPf7/GzAPBgNVHRMBAf8EBTAD\n"
    "AQH/MAoGCCqGSM49BAMCA0gAMEUCIQCuaNuQin53DtIjMaxFus64WODjjj+k2B+E\n"
    "vOmX+hYFDAIgXnj8kZ+idN3OOvG0mfyVbe4eSjJC7wJxg/znZLWX2zM=\n"
    "-----END CERTIFICATE-----\n";
constexpr std::string_view aggregator =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBtDCCATqgAwIBAgIUaIe/xiGmjeuX0z+6UVgf+I4PlJQwCgYIKoZIzj0EAwIw\n"
    "EDEOMAwGA1UEAwwFcmVsYXkwIBcNMjYxMTIyMjMzOTEzWhgPMjEyNjEwMjkyMzM5\n"
    "MTNaMBAxDjAMBgNVBAMMBXJlbGF5MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE0nyT\n"
    "j+KNZllqIqO8nfsqIaVdEmq2loyMcOkN1p1ICjbw/+PejD1w9WVnz4DixInG4AWB\n"
    "5UUQY+5NT1E0fh4No7RL6xUIp5n/DzJvwsp7qcmK48OB0xP/c4ZPRC2IT97Wo1Mw\n"
    "UTAdBgNVHQ4EFgQUvy396btuQuG0/lUBEssFCK/K7IMwHwYDVR0jBBgwFoAUvy39\n"
    "6btuQuG0/lUBEssFCK/K7IMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNo\n"
    "ADBlAjEAvg/7o0GdNo8IE2hAdWkTff+uipjqcQEfNIBGHEDIpxTBMZcQqvVhGn/t\n"
    "rWWg5E2zAjA40JALC7cvliGOCfVTjue+0yYY2lcFu3P5Jq/HPzoprZeMDI3mLivo\n"
    "VLDOdEF/neE=\n"
    "-----END CERTIFICATE-----\n";
constexpr std::string_view signed_alert =
    R"(<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>a</sender><sent>2026-11-22T12:00:00+09:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>雨 &amp; 風</event><urgency>Past</urgency><severity>Minor</severity><certainty>Unlikely</certainty></info></alert>)";

void require(bool holds) {
  if (!holds) std::abort();
}

const std::vector<signature::PinnedKey>& keys() {
  static const std::vector<signature::PinnedKey> pinned{
      {"issuer", signature::read_certificate(issuer)->der},
      {"aggregator", signature::read_certificate(aggregator)->der}};
  return pinned;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Outcome = signature::Verdict::Outcome;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto verdict = signature::verify(bytes, std::nullopt, keys(), now_ms);
  require((verdict.outcome == Outcome::verified) == !verdict.signers.empty());
  if (verdict.outcome == Outcome::wrong || verdict.outcome == Outcome::not_verifiable)
    require(signature::message(verdict.aspect, "", cap::Language::english) != verdict.aspect);
  if (verdict.outcome != Outcome::verified) return 0;
  require(verdict.signers.size() <= 2);
  static const auto known = cap::validate(signed_alert, std::nullopt, now_ms);
  require(cap::validate(bytes, std::nullopt, now_ms).alert == known.alert);
  return 0;
}
