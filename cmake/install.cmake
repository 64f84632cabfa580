# What users link, in the tree as once installed: plexus::plexus for programs, plexus::plugin for plugins;
# and the rules that install it all.
include(CMakePackageConfigHelpers)

add_library(plexus INTERFACE)
target_link_libraries(plexus INTERFACE plexus_compilers plexus_components plexus_core)

add_library(plexus_plugin INTERFACE)
target_link_libraries(plexus_plugin INTERFACE plexus_options fmt::fmt Eigen3::Eigen)

set(parts core components compilers)
foreach(part ${parts} options plugin)
  add_library(plexus::${part} ALIAS plexus_${part})
  set_target_properties(plexus_${part} PROPERTIES EXPORT_NAME ${part})
endforeach()
add_library(plexus::plexus ALIAS plexus)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/plexus)
install(TARGETS plexus plexus_plugin plexus_options plexus_compilers plexus_components plexus_core EXPORT plexus)
install(EXPORT plexus NAMESPACE plexus:: FILE plexusTargets.cmake DESTINATION ${package_dir})
foreach(part ${parts})
  install(DIRECTORY ${part} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/plexus FILES_MATCHING PATTERN *.h
    PATTERN model/yaml EXCLUDE PATTERN model/schema EXCLUDE)  # they name yaml-cpp and nlohmann
endforeach()
install(FILES plexus.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/plexus)

set(headers_dir ${CMAKE_INSTALL_INCLUDEDIR}/plexus)
configure_package_config_file(cmake/plexusConfig.cmake.in plexusConfig.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS headers_dir)
write_basic_package_version_file(plexusConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/plexusConfig.cmake ${PROJECT_BINARY_DIR}/plexusConfigVersion.cmake cmake/PlexusPlugin.cmake
  cmake/plugin_mark.cpp.in
  DESTINATION ${package_dir})
