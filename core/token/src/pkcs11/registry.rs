//! The modules of this process: one actor for each file, however often and by whomever it is opened.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::actor::Actor;
use crate::error::TokenError;

/// The actor of the module at `path`, started if it is the first time, and the canonical path.
pub(super) fn actor(path: &Path) -> Result<(Arc<Actor>, PathBuf), TokenError> {
    static ACTORS: OnceLock<Mutex<HashMap<PathBuf, Arc<Actor>>>> = OnceLock::new();
    let canonical = path
        .canonicalize()
        .ok()
        .filter(|path| path.is_file())
        .ok_or_else(|| TokenError::ModuleNotFound { path: path.to_path_buf() })?;
    let mut actors = ACTORS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    let actor = match actors.get(&canonical) {
        Some(actor) => Arc::clone(actor),
        None => {
            let actor = Arc::new(Actor::start(canonical.clone())?);
            actors.insert(canonical.clone(), Arc::clone(&actor));
            actor
        }
    };
    Ok((actor, canonical))
}
