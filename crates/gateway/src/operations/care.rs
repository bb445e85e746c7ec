//! The operator's care of the installation.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::care::{BackupMake, KeyRotate},
    view::care::{BackupMade, KeyRotated},
};
use std::path::Path;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.on::<BackupMake, _, _, _>(backup).on::<KeyRotate, _, _, _>(rotate_key)
}

async fn backup(call: Call<BackupMake>) -> Result<BackupMade, Refusal> {
    let made = call.platform.backup(call.request.file()?).await?;
    Ok(BackupMade {
        file: shown(&made.database.file),
        bytes: number(made.database.bytes),
        sandbox_file: made.sandbox.as_ref().map(|copy| shown(&copy.file)),
        sandbox_bytes: made.sandbox.as_ref().map(|copy| number(copy.bytes)),
        took_ms: number(made.took_ms),
    })
}

async fn rotate_key(call: Call<KeyRotate>) -> Result<KeyRotated, Refusal> {
    let (rotated, file) = call.platform.rotate_key().await?;
    Ok(KeyRotated {
        version: i64::from(rotated.version),
        resealed: number(rotated.resealed),
        unused: rotated.unused.into_iter().map(i64::from).collect(),
        file: shown(&file),
    })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
