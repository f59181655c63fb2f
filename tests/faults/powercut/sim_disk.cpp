#include "tests/faults/powercut/sim_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace noroshi::faults {
namespace {

constexpr std::size_t sector_bytes = 512;

void write_into(std::string& bytes, const Change& change) {
  if (change.truncates) return bytes.resize(change.at);
  const std::size_t end = change.at + change.bytes.size();
  if (bytes.size() < end) bytes.resize(end);
  bytes.replace(change.at, change.bytes.size(), change.bytes);
}

// `change` as what its sectors are each given.
std::vector<Change> sectors_of(const Change& change) {
  if (change.truncates) return {change};
  std::vector<Change> sectors;
  for (std::size_t done = 0; done < change.bytes.size();) {
    const std::size_t at = change.at + done;
    const std::size_t bytes =
        std::min(sector_bytes - at % sector_bytes, change.bytes.size() - done);
    sectors.push_back({at, change.bytes.substr(done, bytes)});
    done += bytes;
  }
  return sectors;
}

// Nothing, everything, everything up to some sector, or any choice of sectors.
void settle(SimFile& file, Random* random) {
  const auto mode = random ? (*random)() % 4 : 0;
  std::vector<Change> sectors;
  for (const Change& change : file.unsynced) {
    auto some = sectors_of(change);
    std::move(some.begin(), some.end(), std::back_inserter(sectors));
  }
  if (mode == 2 && !sectors.empty()) sectors.resize((*random)() % sectors.size());
  for (const Change& sector : sectors) {
    if (mode == 0 || (mode == 3 && (*random)() % 2 == 0)) continue;
    write_into(file.durable, sector);
  }
  file.unsynced.clear();
  file.seen = file.durable;
}

}  // namespace

int SimDisk::ask(Operation operation) {
  if (!powered_) return SQLITE_IOERR;
  return before ? before(operation) : SQLITE_OK;
}

void SimDisk::put(const std::string& name, std::string bytes) {
  files_[name] = std::make_shared<SimFile>(SimFile{bytes, std::move(bytes), {}, true});
}

void SimDisk::forget(const std::string& name) {
  files_.erase(name);
  removed_.erase(name);
}

std::string SimDisk::bytes_of(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? std::string() : found->second->seen;
}

void SimDisk::power_on(Random* random) {
  const auto chance = [random] { return random && (*random)() % 2 == 0; };
  for (auto file = files_.begin(); file != files_.end();) {
    settle(*file->second, random);
    const bool named = file->second->name_is_durable || chance();
    file->second->name_is_durable = true;
    file = named ? std::next(file) : files_.erase(file);
  }
  for (auto& [name, file] : removed_) {
    if (files_.count(name) != 0 || chance()) continue;
    settle(*file, random);
    files_[name] = file;
  }
  removed_.clear();
  powered_ = true;
}

int SimDisk::open(const std::string& name, bool create, std::shared_ptr<SimFile>& file) {
  if (const int code = ask(Operation::open); code != SQLITE_OK) return code;
  auto found = files_.find(name);
  if (found == files_.end() && !create) return SQLITE_CANTOPEN;
  if (found == files_.end()) found = files_.emplace(name, std::make_shared<SimFile>()).first;
  file = found->second;
  return SQLITE_OK;
}

int SimDisk::read(const SimFile& file, std::size_t at, char* into, std::size_t bytes) {
  if (const int code = ask(Operation::read); code != SQLITE_OK) return code;
  const std::size_t there = at < file.seen.size() ? std::min(bytes, file.seen.size() - at) : 0;
  std::copy_n(file.seen.data() + (there > 0 ? at : 0), there, into);
  std::fill(into + there, into + bytes, '\0');
  return there == bytes ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int SimDisk::write(SimFile& file, std::size_t at, std::string_view bytes) {
  if (!powered_) return SQLITE_IOERR_WRITE;
  const int code = ask(Operation::write);
  const auto half = bytes.substr(0, code == SQLITE_OK ? bytes.size() : bytes.size() / 2);
  Change change{at, std::string(half)};
  write_into(file.seen, change);
  file.unsynced.push_back(std::move(change));
  return code;
}

int SimDisk::truncate(SimFile& file, std::size_t bytes) {
  if (const int code = ask(Operation::truncate); code != SQLITE_OK) return code;
  file.seen.resize(bytes);
  file.unsynced.push_back({bytes, {}, true});
  return SQLITE_OK;
}

int SimDisk::sync(SimFile& file) {
  const bool powered = powered_;
  const int code = ask(Operation::sync);
  if (code != SQLITE_OK) {
    if (powered && powered_ && failed_sync_forgets) file.unsynced.clear();
    return code;
  }
  if (ignores_sync) return SQLITE_OK;
  for (const Change& change : file.unsynced) write_into(file.durable, change);
  file.unsynced.clear();
  file.name_is_durable = true;
  return SQLITE_OK;
}

int SimDisk::size(const SimFile& file, std::size_t& bytes) {
  bytes = file.seen.size();
  return ask(Operation::size);
}

int SimDisk::remove(const std::string& name) {
  if (const int code = ask(Operation::remove); code != SQLITE_OK) return code;
  const auto found = files_.find(name);
  if (found == files_.end()) return SQLITE_IOERR_DELETE_NOENT;
  if (found->second->name_is_durable) removed_[name] = found->second;
  files_.erase(found);
  return SQLITE_OK;
}

int SimDisk::exists(const std::string& name, bool& there) {
  const auto found = files_.find(name);
  there = found != files_.end() && !found->second->seen.empty();
  return ask(Operation::exists);
}

}  // namespace noroshi::faults
