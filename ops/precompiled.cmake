# The large headers compiled once for all targets, for the sanitized builds: two thirds of their
# time goes into reading headers. The release build does without, and so finds a missing #include.
set(headers
  <algorithm> <array> <charconv> <chrono> <cstdint> <deque> <filesystem> <fstream> <functional> <map>
  <memory> <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <variant> <vector>
  <fmt/format.h> <tl/expected.hpp>
  <boost/asio/io_context.hpp> <boost/asio/posix/stream_descriptor.hpp> <boost/asio/post.hpp>
  <boost/asio/steady_timer.hpp> <google/protobuf/message.h>)

# GCC 12 forgets that a precompiled header is not ours, and sees offsets of tl::expected and reads
# of moved strings that are not there.
target_compile_options(noroshi_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>)

# Whoever reads Asio's headers needs what they only declare.
target_link_libraries(noroshi_flags INTERFACE noroshi_asio)

file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
add_library(noroshi_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(noroshi_precompiled PRIVATE noroshi_flags)
target_precompile_headers(noroshi_precompiled PRIVATE ${headers})
add_library(noroshi_precompiled_tests OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(noroshi_precompiled_tests PRIVATE noroshi_flags GTest::gtest)
target_precompile_headers(noroshi_precompiled_tests PRIVATE ${headers} <gtest/gtest.h>)

function(noroshi_precompile directory)
  get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(libraries ${target} LINK_LIBRARIES)
    get_target_property(type ${target} TYPE)
    if("GTest::gtest" IN_LIST libraries)
      target_precompile_headers(${target} REUSE_FROM noroshi_precompiled_tests)
    elseif("noroshi_flags" IN_LIST libraries OR type STREQUAL "EXECUTABLE")
      target_precompile_headers(${target} REUSE_FROM noroshi_precompiled)
    endif()
  endforeach()
  get_property(below DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
  foreach(subdirectory IN LISTS below)
    noroshi_precompile(${subdirectory})
  endforeach()
endfunction()
foreach(top proto publishers subscribers hub tests)
  noroshi_precompile(${CMAKE_SOURCE_DIR}/${top})
endforeach()
