# For the sanitized builds and CI: the large headers compiled once for all targets, and the sources of one
# target compiled several at a time. Nearly all of their time goes into what files have in common.
# The builds of every day do without, and so find a missing #include.
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

# It is the product that is watched: a test's own code, two thirds of all, need not be fast, and
# undefined behaviour is looked for in what it calls.
set(of_a_test -O0 -fno-sanitize=undefined)
target_compile_options(noroshi_precompiled_tests PRIVATE ${of_a_test})

# What a source declares for itself alone has no linkage to lose beside another.
target_compile_options(noroshi_flags INTERFACE -Wno-shadow
  $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)

find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(noroshi_unite target directory)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "^[^/$]+(/[^$]+)?\\.cpp$")
  list(LENGTH sources count)
  if(count LESS 2)
    return()
  endif()
  execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/ops/unity.py ${sources}
    WORKING_DIRECTORY ${directory} OUTPUT_VARIABLE groups OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  foreach(source group IN ZIP_LISTS sources groups)
    set_source_files_properties(${directory}/${source} DIRECTORY ${directory} PROPERTIES
      UNITY_GROUP ${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

function(noroshi_precompile directory)
  get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(libraries ${target} LINK_LIBRARIES)
    get_target_property(type ${target} TYPE)
    if(type MATCHES "SHARED|MODULE")  # position-independent, as the headers are not
      continue()
    endif()
    if("noroshi_flags" IN_LIST libraries OR type STREQUAL "EXECUTABLE" OR "GTest::gtest" IN_LIST libraries)
      noroshi_unite(${target} ${directory})
    endif()
    if("GTest::gtest" IN_LIST libraries)
      target_compile_options(${target} PRIVATE ${of_a_test})
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
