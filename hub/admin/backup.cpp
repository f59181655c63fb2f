#include "hub/admin/backup.hpp"

#include <sys/stat.h>

#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "hub/admin/backup_file.hpp"
#include "hub/admin/backup_words.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::admin {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::uintmax_t file_bytes_max = 16u << 20;
// The log comes entry by entry; the rest is made again, or is of the epoch that ends.
constexpr std::array<std::string_view, 6> made_again{"journal.db", "view.db",       "tree-head",
                                                     "admin.sock", "notified.json", "unfinished"};

bool is_made_again(std::string_view name) {
  for (const auto each : made_again)
    if (name.starts_with(each)) return true;
  return name.ends_with(".partial") || name.ends_with(".new");
}

Result<v1::BackupPart> part_of(const fs::path& root, const fs::path& file) {
  struct stat status {};
  std::ifstream in(file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in || ::stat(file.c_str(), &status) != 0)
    return failure(ErrorCode::io, file.string() + " cannot be read");
  v1::BackupPart part;
  part.mutable_file()->set_name(fs::relative(file, root).generic_string());
  part.mutable_file()->set_bytes(std::move(bytes));
  part.mutable_file()->set_mode(status.st_mode & 0777u);
  return part;
}

Result<void> put_files(BackupWriter& writer, const fs::path& root) {
  std::error_code failed;
  fs::recursive_directory_iterator all(root, failed);
  for (; !failed && all != fs::recursive_directory_iterator(); all.increment(failed)) {
    const auto& entry = *all;
    if (is_made_again(entry.path().lexically_relative(root).generic_string())) {
      all.disable_recursion_pending();
      continue;
    }
    std::error_code ignored;
    if (!entry.is_regular_file(ignored) || entry.is_symlink(ignored)) continue;
    if (entry.file_size(ignored) > file_bytes_max) continue;
    const auto part = part_of(root, entry.path());
    if (!part) return tl::unexpected(part.error());
    if (auto put = writer.put(*part); !put) return put;
  }
  if (failed) return failure(ErrorCode::io, root.string() + ": " + failed.message());
  return {};
}

std::optional<std::vector<v1::BackupPart>> page_in(const AdminAnswer& answer) {
  json::error_code failed;
  const auto value = json::parse(answer.json, failed);
  if (failed || !value.is_object()) return std::nullopt;
  const auto* entries = value.as_object().if_contains("entries");
  const auto* contents = value.as_object().if_contains("contents");
  if (!entries || !contents || !entries->is_array() || !contents->is_array()) return std::nullopt;
  const auto& leaves = entries->as_array();
  const auto& beside = contents->as_array();
  if (leaves.size() != beside.size()) return std::nullopt;
  std::vector<v1::BackupPart> page(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!leaves[i].is_string()) return std::nullopt;
    auto leaf = merkle::from_base64(leaves[i].as_string().c_str());
    if (!leaf) return std::nullopt;
    page[i].mutable_entry()->set_leaf(std::move(*leaf));
    if (!beside[i].is_string()) continue;
    auto content = merkle::from_base64(beside[i].as_string().c_str());
    if (!content) return std::nullopt;
    page[i].mutable_entry()->set_content(std::move(*content));
  }
  return page;
}

Result<void> seal(BackupWriter& writer, const std::string& checkpoint,
                  const merkle::NoteSigner& signer) {
  auto sealed = merkle::sign_note(seal_text(writer.hash(), checkpoint), signer);
  if (!sealed) return tl::unexpected(sealed.error());
  v1::BackupPart part;
  part.mutable_end()->set_checkpoint(checkpoint);
  part.mutable_end()->set_seal(*std::move(sealed));
  if (auto put = writer.put(part); !put) return put;
  return writer.publish();
}

}  // namespace

AdminAnswer backed_up(std::span<const journal::StoredPtr> page) {
  json::array entries;
  json::array contents;
  for (const auto& stored : page) {
    entries.emplace_back(merkle::base64(stored->bytes));
    contents.emplace_back(stored->content ? json::value(merkle::base64(*stored->content))
                                          : json::value(nullptr));
  }
  AdminAnswer answer;
  answer.json = json::serialize(json::object{{"entries", std::move(entries)},
                                             {"contents", std::move(contents)}}) +
                "\n";
  return answer;
}

AdminAnswer take_backup(const Ask& ask, const DataDirectory& directory,
                        const merkle::NoteSigner& signer, const fs::path& file, Language language,
                        const ExportProgress& progress) {
  auto writer = BackupWriter::begin(file);
  if (!writer) return answer_of(writer.error());
  const auto asked = ask_checkpoint(ask, language);
  if (!asked) return asked.error();
  if (const auto put = put_files(*writer, directory.root); !put) return answer_of(put.error());
  journal::Sequence written = 0;
  AdminRequest request;
  request.subject = AdminRequest::Subject::audit;
  request.action = AdminRequest::Action::backup;
  request.language = language;
  while (written < asked->said.size) {
    request.audit = AuditTerms{written, 0, asked->said.size};
    const auto answer = ask(request);
    if (answer.exit_code != exit_code::ok) return answer;
    const auto page = page_in(answer);
    if (!page || page->empty())
      return answer_of({ErrorCode::protocol, say(language, Say::request_malformed, "entries")});
    for (const auto& part : *page) {
      if (written == asked->said.size) break;
      if (const auto put = writer->put(part); !put) return answer_of(put.error());
      ++written;
    }
    progress(written, asked->said.size);
  }
  if (const auto done = seal(*writer, asked->note, signer); !done) return answer_of(done.error());
  const auto name = printable(file.string());
  return {exit_code::ok, "", say(language, BackupSay::taken, name, written),
          json::serialize(json::object{{"file", name}, {"entries", written}}) + "\n"};
}

}  // namespace noroshi::admin
