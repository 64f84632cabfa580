# How every target of the project is compiled. Users of the library inherit the include path and the
# flags that fix the bits, since components are compiled in their programs and plugins too.
add_library(plexus_options INTERFACE)
target_compile_features(plexus_options INTERFACE cxx_std_20)
target_include_directories(plexus_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_options(plexus_options INTERFACE
  # The same bits everywhere: no fused operation that the source does not spell (std::fma).
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  "$<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wnon-virtual-dtor;-Woverloaded-virtual>"
  # Loops that call the mathematical library are not vectorised, and need not be.
  "$<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>>"
  # GCC 12 sees overlaps in string concatenation that cannot be (its bug 105651).
  "$<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>>"
  $<BUILD_INTERFACE:$<$<BOOL:${PLEXUS_WERROR}>:-Werror>>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # Loops become vectors as at -O3, without its copies of each for special cases: less to build, and as fast.
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -fvect-cost-model=dynamic -DNDEBUG")
else()
  set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
endif()

# Sources that instantiate the same templates are compiled `batch` at a time.
function(plexus_unity target batch)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${PLEXUS_UNITY} UNITY_BUILD_BATCH_SIZE ${batch})
endfunction()

if(PLEXUS_SANITIZE)
  add_compile_options(-fsanitize=${PLEXUS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLEXUS_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # It caches what is compiled with a precompiled header, too, given these.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fpch-preprocess)
  endif()
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
