#include "tests/faults/powercut/sim_vfs.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <string_view>

namespace noroshi::faults {
namespace {

struct Handle {
  sqlite3_file base;
  SimDisk* disk;
  std::shared_ptr<SimFile>* file;
};

SimDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<SimDisk*>(vfs->pAppData); }
SimDisk& disk_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file)->disk; }
SimFile& file_of(sqlite3_file* file) { return **reinterpret_cast<Handle*>(file)->file; }

int close(sqlite3_file* file) {
  delete reinterpret_cast<Handle*>(file)->file;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at) {
  return disk_of(file).read(file_of(file), static_cast<std::size_t>(at), static_cast<char*>(into),
                            static_cast<std::size_t>(bytes));
}

int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  return disk_of(file).write(
      file_of(file), static_cast<std::size_t>(at),
      std::string_view(static_cast<const char*>(from), static_cast<std::size_t>(bytes)));
}

int truncate(sqlite3_file* file, sqlite3_int64 bytes) {
  return disk_of(file).truncate(file_of(file), static_cast<std::size_t>(bytes));
}

int sync(sqlite3_file* file, int) { return disk_of(file).sync(file_of(file)); }

int size(sqlite3_file* file, sqlite3_int64* bytes) {
  std::size_t size = 0;
  const int code = disk_of(file).size(file_of(file), size);
  *bytes = static_cast<sqlite3_int64>(size);
  return code;
}

int lock(sqlite3_file*, int) { return SQLITE_OK; }

int is_reserved(sqlite3_file*, int* answer) {
  *answer = 0;
  return SQLITE_OK;
}

// Knows one question only: nothing is ever mapped into memory.
int control(sqlite3_file*, int question, void* answer) {
  if (question != SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
  *static_cast<sqlite3_int64*>(answer) = 0;
  return SQLITE_OK;
}

int sector(sqlite3_file*) { return 512; }
// As SQLite's own VFS says it: a write leaves the bytes beside it alone.
int traits(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

constexpr sqlite3_io_methods methods = {
    1,       close,  read,   write,   truncate, sync,    size,    lock,    lock,   is_reserved,
    control, sector, traits, nullptr, nullptr,  nullptr, nullptr, nullptr, nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* handle = reinterpret_cast<Handle*>(file);
  handle->base.pMethods = nullptr;
  auto opened = std::make_shared<SimFile>();  // without a name: temporary
  if (name) {
    const int code = disk_of(vfs).open(name, (flags & SQLITE_OPEN_CREATE) != 0, opened);
    if (code != SQLITE_OK) return code;
  }
  handle->disk = &disk_of(vfs);
  handle->file = new std::shared_ptr<SimFile>(std::move(opened));
  handle->base.pMethods = &methods;
  if (out) *out = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int) { return disk_of(vfs).remove(name); }

int access(sqlite3_vfs* vfs, const char* name, int, int* answer) {
  bool there = false;
  const int code = disk_of(vfs).exists(name, there);
  *answer = there ? 1 : 0;
  return code;
}

int full_name(sqlite3_vfs*, const char* name, int bytes_max, char* into) {
  sqlite3_snprintf(bytes_max, into, "%s", name);
  return SQLITE_OK;
}

}  // namespace

SimVfs::SimVfs(SimDisk& disk) : vfs_(std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr))) {
  vfs_->iVersion = 1;
  vfs_->zName = "noroshi-sim";
  vfs_->pAppData = &disk;
  vfs_->szOsFile = static_cast<int>(sizeof(Handle));
  vfs_->xOpen = open;
  vfs_->xDelete = remove;
  vfs_->xAccess = access;
  vfs_->xFullPathname = full_name;
  sqlite3_vfs_register(vfs_.get(), 1);
}

SimVfs::~SimVfs() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace noroshi::faults
