#include "subscribers/client/receipt_folder.hpp"

#include <fstream>
#include <iterator>

#include "subscribers/client/durable_file.hpp"

namespace noroshi::subscribers {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t id_characters_max = 64;
constexpr const char* id_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

Result<v1::Receipt> read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  v1::Receipt receipt;
  if (!in || !receipt.ParseFromString(bytes) || receipt.id() != file.filename())
    return failure(ErrorCode::io, file.string() + ": not a receipt");
  return receipt;
}

}  // namespace

bool is_receipt_id(const std::string& id) {
  return !id.empty() && id.size() <= id_characters_max && id.front() != '.' &&
         id.find_first_not_of(id_characters) == std::string::npos;
}

Result<std::vector<v1::Receipt>> ReceiptFolder::open(const std::string& channel,
                                                     std::uint64_t epoch) {
  channel_ = folder_ / channel;
  const auto log = channel_ / std::to_string(epoch);
  if (auto made = make_folder(log); !made) return tl::unexpected(made.error());
  std::vector<v1::Receipt> waiting;
  std::error_code error;
  for (fs::directory_iterator file(log, error), end; !error && file != end; file.increment(error)) {
    if (!is_receipt_id(file->path().filename())) continue;  // half written
    auto receipt = read(file->path());
    if (!receipt) return tl::unexpected(receipt.error());
    waiting.push_back(std::move(*receipt));
  }
  if (error) return failure(ErrorCode::io, log.string() + ": " + error.message());
  return waiting;
}

Result<void> ReceiptFolder::add(const std::vector<v1::Receipt>& receipts, std::uint64_t epoch) {
  if (receipts.empty()) return {};
  const auto log = channel_ / std::to_string(epoch);
  if (auto made = make_folder(log); !made) return made;
  for (const auto& receipt : receipts) {
    if (!is_receipt_id(receipt.id()))
      return failure(ErrorCode::invalid, "not an id of a receipt: " + receipt.id());
    if (auto written = write_durably(log / receipt.id(), receipt.SerializeAsString()); !written)
      return written;
  }
  return sync_folder(log);
}

Result<void> ReceiptFolder::remove(const std::string& id, std::uint64_t epoch) {
  const auto file = channel_ / std::to_string(epoch) / id;
  std::error_code error;
  if (is_receipt_id(id)) fs::remove(file, error);
  if (error) return failure(ErrorCode::io, file.string() + ": " + error.message());
  return {};
}

}  // namespace noroshi::subscribers
