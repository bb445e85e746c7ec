//! Secrets of the installation itself, each under a name.

use crate::{Secret, record::record};

record! {
    /// Made once; an exchange of master keys seals it anew and leaves what it says as it is.
    InstallationSecret in "secrets" as InstallationSecret by [name] {
        name: String,
        /// Encrypted at rest; plain here.
        value: Secret,
    }
}
