//! The CMake package: `find_package(kamusm)` with the targets `kamusm::kamusm` (shared) and `kamusm::static`.

use std::{fs, path::Path};

/// Writes the package's files; they find the library from where they stand.
pub(super) fn write(folder: &Path, version: &str, abi: &str, static_libs: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("kamusm-config.cmake"), config(abi, static_libs))?;
    fs::write(folder.join("kamusm-config-version.cmake"), config_version(version))
}

fn config(abi: &str, static_libs: &str) -> String {
    let libraries: Vec<&str> =
        static_libs.split_whitespace().map(|flag| flag.trim_start_matches("-l")).collect();
    format!(
        "get_filename_component(_kamusm_prefix \"${{CMAKE_CURRENT_LIST_DIR}}/../../..\" ABSOLUTE)\n\
         if(NOT TARGET kamusm::kamusm)\n  \
           add_library(kamusm::kamusm SHARED IMPORTED)\n  \
           set_target_properties(kamusm::kamusm PROPERTIES\n    \
             IMPORTED_LOCATION \"${{_kamusm_prefix}}/lib/libkamusm.so\"\n    \
             IMPORTED_SONAME \"libkamusm.so.{abi}\"\n    \
             INTERFACE_INCLUDE_DIRECTORIES \"${{_kamusm_prefix}}/include\")\n\
         endif()\n\
         if(NOT TARGET kamusm::static)\n  \
           add_library(kamusm::static STATIC IMPORTED)\n  \
           set_target_properties(kamusm::static PROPERTIES\n    \
             IMPORTED_LOCATION \"${{_kamusm_prefix}}/lib/libkamusm.a\"\n    \
             INTERFACE_INCLUDE_DIRECTORIES \"${{_kamusm_prefix}}/include\"\n    \
             INTERFACE_LINK_LIBRARIES \"{}\")\n\
         endif()\n\
         unset(_kamusm_prefix)\n",
        libraries.join(";")
    )
}

/// The same major version, or before 1.0 the same minor one, and not older than asked for.
fn config_version(version: &str) -> String {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let family = if major == "0" { format!("0\\\\.{minor}") } else { major.to_owned() };
    format!(
        "set(PACKAGE_VERSION \"{version}\")\n\
         if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)\n  \
           set(PACKAGE_VERSION_EXACT TRUE)\n  \
           set(PACKAGE_VERSION_COMPATIBLE TRUE)\n\
         elseif(PACKAGE_FIND_VERSION VERSION_LESS PACKAGE_VERSION AND PACKAGE_FIND_VERSION MATCHES \"^{family}(\\\\.|$)\")\n  \
           set(PACKAGE_VERSION_COMPATIBLE TRUE)\n\
         else()\n  \
           set(PACKAGE_VERSION_COMPATIBLE FALSE)\n\
         endif()\n"
    )
}
