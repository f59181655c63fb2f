// Bytes the hub keeps for those who sent or asked for something large, until they are done with.
//
// Whoever has nothing here yet finds room up to the bound, everybody else only in its first half:
// so one who fills that keeps out no other. Somebody is always let in when nothing is held, however
// much it is.
//
// Bounds     `bytes_max`, and as many names as hold something.
// Threading  any thread; a lock of its own, for the moment of an addition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace noroshi::api {

class Holdings {
 public:
  explicit Holdings(std::size_t bytes_max);

  // Given back when the last copy goes, on any thread, after this object's end too; null when there
  // is no room.
  using Place = std::shared_ptr<const void>;
  enum class Part { all, first_half };  // of the room, where there is any for this one at most
  [[nodiscard]] Place take(const std::string& name, std::size_t bytes, Part part = Part::all);
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::uint64_t refused() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace noroshi::api
