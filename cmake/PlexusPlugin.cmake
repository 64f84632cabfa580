# Plugins: shared libraries of component types that a running program loads. Works in the source tree and
# after find_package(plexus).

# plexus_add_plugin(name source…): builds lib<name>.so. It sees the headers of Plexus but links none of its
# libraries: a second copy would have a registry of its own, so every symbol comes from the host program.
set(PLEXUS_PLUGIN_MARK ${CMAKE_CURRENT_LIST_DIR}/plugin_mark.cpp.in)

# What a plugin and its host must have in common besides the version: the headers of core and components, below
# `folder`. A class that grew between two builds of one version would be laid out in two ways.
function(plexus_header_mark folder result)
  file(GLOB_RECURSE headers RELATIVE ${folder} ${folder}/core/*.h ${folder}/components/*.h)
  list(SORT headers)
  set(all)
  foreach(header ${headers})
    file(SHA256 ${folder}/${header} content)
    string(APPEND all "${header} ${content}\n")
  endforeach()
  string(SHA256 mark "${all}")
  string(SUBSTRING ${mark} 0 8 mark)
  set(${result} ${mark} PARENT_SCOPE)
endfunction()

function(plexus_add_plugin name)
  plexus_header_mark(${plexus_HEADERS} PLEXUS_PLUGIN_HEADERS)
  set(PLEXUS_PLUGIN_VERSION ${plexus_VERSION})  # of the tree's project, or of what find_package found
  configure_file(${PLEXUS_PLUGIN_MARK} ${CMAKE_CURRENT_BINARY_DIR}/${name}_mark.cpp @ONLY)
  add_library(${name} MODULE ${ARGN} ${CMAKE_CURRENT_BINARY_DIR}/${name}_mark.cpp)
  target_link_libraries(${name} PRIVATE plexus::plugin)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# plexus_load_plugins(program): lets a program that links plexus::plexus be such a host. It then holds all of
# the core and of the components, used by itself or not, and shows them to what it loads.
function(plexus_load_plugins program)
  set_target_properties(${program} PROPERTIES ENABLE_EXPORTS ON)
  foreach(library plexus::core plexus::components)
    get_target_property(real ${library} ALIASED_TARGET)  # in the tree; the property wants that name
    if(real)
      set(library ${real})
    endif()
    set_property(TARGET ${program} PROPERTY LINK_LIBRARY_OVERRIDE_${library} WHOLE_ARCHIVE)
  endforeach()
endfunction()
