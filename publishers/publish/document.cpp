#include "publishers/publish/document.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "proto/cap/limits.hpp"

namespace noroshi::publishers {

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Result<std::string> read_all(std::FILE* in, const std::string& name) {
  std::string bytes(cap::document_bytes_max + 1, '\0');
  errno = 0;
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), in));
  if (std::ferror(in) != 0) return failure(ErrorCode::io, name + ": " + std::strerror(errno));
  return bytes;
}

}  // namespace

Result<std::string> read_document(const std::string& file) {
  if (file == "-") return read_all(stdin, "stdin");
  const std::unique_ptr<std::FILE, Close> in(std::fopen(file.c_str(), "rb"));
  if (!in) return failure(ErrorCode::io, file + ": " + std::strerror(errno));
  return read_all(in.get(), file);
}

}  // namespace noroshi::publishers
