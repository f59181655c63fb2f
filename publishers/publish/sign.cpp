#include "proto/signature/sign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "proto/signature/words.hpp"
#include "publishers/publish/document.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {
namespace {

constexpr std::size_t pem_bytes_max = 64u << 10;

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

tl::unexpected<Error> io_failure(const std::string& file) {
  return failure(ErrorCode::io, file + ": " + std::strerror(errno));
}

Result<std::string> read_pem(const std::string& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string bytes(pem_bytes_max, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.gcount() <= 0 && errno != 0) return io_failure(file);
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

// Whole or not at all: under another name first.
Result<void> write_whole(const std::string& file, const std::string& bytes) {
  const auto unfinished = file + ".part";
  std::FILE* out = std::fopen(unfinished.c_str(), "wb");
  if (out == nullptr) return io_failure(unfinished);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  const bool closed = std::fclose(out) == 0;
  if (!written || !closed || std::rename(unfinished.c_str(), file.c_str()) != 0) {
    const auto failed = io_failure(file);
    std::remove(unfinished.c_str());
    return failed;
  }
  return {};
}

std::string reason(std::string_view detail, const SignOptions& options, const Words& w) {
  struct Row {
    std::string_view detail, words, value;
  };
  const Row rows[] = {
      {"invalid", w.sign_invalid, options.file},
      {"charset", w.sign_charset, options.file},
      {"end", w.sign_end, options.file},
      {"full", w.sign_full, options.file},
      {"key", w.sign_key_unfit, options.key},
      {"certificate", w.sign_certificate_unfit, options.certificate},
      {"mismatch", w.sign_mismatch, options.certificate},
      {"expired", w.sign_expired, options.certificate},
      {"not-yet", w.sign_not_yet, options.certificate},
  };
  for (const auto& row : rows)
    if (row.detail == detail) return filled(row.words, row.value);
  return options.file + ": " + signature::message(detail, "", w.language);
}

}  // namespace

Exit sign(const SignOptions& options, const Terminal& terminal) {
  const auto bytes = read_document(options.file);
  if (!bytes) return terminal.report(bytes.error());
  const auto key = read_pem(options.key);
  if (!key) return terminal.report(key.error());
  const auto certificate = read_pem(options.certificate);
  if (!certificate) return terminal.report(certificate.error());
  const auto made = signature::sign(*bytes, *key, *certificate, now_ms());
  if (!made)
    return terminal.report(
        Error{made.error().code, reason(made.error().detail, options, terminal.words())});
  if (options.out.empty())
    return std::fwrite(made->data(), 1, made->size(), stdout) == made->size() ? Exit::ok
                                                                              : Exit::failed;
  if (const auto written = write_whole(options.out, *made); !written)
    return terminal.report(written.error());
  terminal.say(filled(terminal.words().sign_done, options.out));
  return Exit::ok;
}

}  // namespace noroshi::publishers
