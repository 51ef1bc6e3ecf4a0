//! The wheel: built by maturin, stripped afterwards, installed once to see that it runs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{setup::python, shell, wheel};

/// The wheel as it is shipped, in this folder.
pub(crate) fn build(folder: &Path) -> Result<PathBuf, String> {
    let tools = folder.join("tools");
    if tools.exists() {
        fs::remove_dir_all(&tools).map_err(|error| format!("{}: {error}", tools.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    python::with_tools(&tools)?;
    let built = wheel::build(&tools, "release")?;
    let shipped = folder.join(built.file_name().ok_or("a wheel has a name")?);
    let program = shell::root().join("xtask/src/release/strip_wheel.py");
    shell::capture(Command::new(tools.join("bin/python")).arg(program).arg(&built).arg(&shipped))?;
    Ok(shipped)
}

/// Installs it in an environment where nothing else is, and asks it for its version; the value is the interpreter.
pub(super) fn tried(wheel: &Path, environment: &Path, version: &str) -> Result<PathBuf, String> {
    python::environment(environment)?;
    python::install(environment, &["--no-index", &wheel.display().to_string()])?;
    let interpreter = environment.join("bin/python");
    let asked = "import kamusm, importlib.metadata as m; print(kamusm.__version__, m.version('kamusm'))";
    let told = shell::capture(Command::new(&interpreter).args(["-c", asked]))?;
    if told.trim() == format!("{version} {version}") {
        Ok(interpreter)
    } else {
        Err(format!("{}: its versions are {}", wheel.display(), told.trim()))
    }
}
