# Plugins: shared libraries of component types that a running program loads. Works in the source tree and
# after find_package(plexus).

# plexus_add_plugin(name source…): builds lib<name>.so. It sees the headers of Plexus but links none of its
# libraries: a second copy would have a registry of its own, so every symbol comes from the host program.
set(PLEXUS_PLUGIN_MARK ${CMAKE_CURRENT_LIST_DIR}/plugin_mark.cpp.in)
function(plexus_add_plugin name)
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
