# How every target of the project is compiled. Users of the library inherit only the include path.
add_library(plexus_options INTERFACE)
target_include_directories(plexus_options INTERFACE ${PROJECT_BINARY_DIR}/include)
target_compile_options(plexus_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${PLEXUS_WERROR}>:-Werror>
  # The same bits everywhere: no fused operation that the source does not spell (std::fma).
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

if(PLEXUS_SANITIZE)
  add_compile_options(-fsanitize=${PLEXUS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLEXUS_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
