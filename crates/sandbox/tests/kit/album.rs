//! The hashes of all pictures, which take long to make without optimisation: made once for all tests of this machine.

use sandbox::{catalogue::Catalogue, pictures::Look};
use std::path::{Path, PathBuf};

/// Makes them, where no test has yet.
pub fn make() -> PathBuf {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("album");
    std::fs::create_dir_all(&shared).expect("a folder");
    // What lies there is proved against the drawings, and made anew where they have changed.
    Look::in_folder(Catalogue::embedded(), &shared).prepare(&|| false);
    shared.join("pictures.hash")
}

/// Puts them where a sandbox with this folder looks for them. Before its first image search.
pub fn put(dir: &Path) {
    std::fs::copy(make(), dir.join("pictures.hash")).expect("a copy");
}
