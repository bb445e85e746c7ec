//! Whom a command speaks for, and where: flags and environment first, then the key file in the data folder.
//!
//! The developer's commands read `test-developer.json`, the operator's `operator.json`; `serve` writes both at its first
//! start. The two never mix: a developer's key in the environment does not reach an operator's command.

use super::exit::Failure;
use clap::Args;
use client::{Client, Credentials};
use serde::Deserialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Data folder; holds the key files
    #[arg(long, global = true, env = "SAMPAN_DATA", value_name = "DIR", default_value = "./sampan-data")]
    pub data: PathBuf,
    /// One JSON document on standard output instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Address of the API, instead of the key file's
    #[arg(long, global = true, env = "SAMPAN_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Developer's access key, instead of the key file's
    #[arg(long, global = true, env = "SAMPAN_ACCESS_KEY", value_name = "KEY")]
    pub access_key: Option<String>,
    /// Developer's access secret; better given in the environment than on the command line
    #[arg(long, global = true, env = "SAMPAN_ACCESS_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub access_secret: Option<String>,
    /// Sub-account to act for, 13 digits
    #[arg(long, global = true, env = "SAMPAN_USER_ID", value_name = "ID")]
    pub user_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyFile {
    base_url: String,
    access_key: String,
    access_secret: String,
    #[serde(default)]
    user_id: Option<String>,
}

impl Global {
    /// A client that acts as the developer.
    pub fn developer(&self) -> Result<Client, Failure> {
        let credentials = self.credentials()?;
        Ok(Client::new(self.base_url()?, credentials)?)
    }

    /// A client that acts as the operator.
    pub fn operator(&self) -> Result<Client, Failure> {
        let file = self.operator_file()?;
        let base_url = self.base_url.clone().unwrap_or(file.base_url);
        Ok(Client::new(base_url, Credentials::new(file.access_key, file.access_secret))?)
    }

    /// The developer's key, from flags, environment or file.
    pub fn credentials(&self) -> Result<Credentials, Failure> {
        match (&self.access_key, &self.access_secret) {
            (Some(key), Some(secret)) => {
                let credentials = Credentials::new(key.as_str(), secret.as_str());
                Ok(Credentials { user_id: self.user_id.clone(), ..credentials })
            }
            (Some(_), None) | (None, Some(_)) => {
                Err(Failure::usage("--access-key and --access-secret (or their variables) go together"))
            }
            (None, None) => {
                let file = self.developer_file()?;
                let user_id = self.user_id.clone().or(file.user_id);
                Ok(Credentials { user_id, ..Credentials::new(file.access_key, file.access_secret) })
            }
        }
    }

    /// The address of the API, from flags, environment or file.
    pub fn base_url(&self) -> Result<String, Failure> {
        match &self.base_url {
            Some(url) => Ok(url.clone()),
            None => Ok(self.developer_file()?.base_url),
        }
    }

    fn developer_file(&self) -> Result<KeyFile, Failure> {
        read(&self.data.join("test-developer.json"), "give --base-url, --access-key and --access-secret")
    }

    fn operator_file(&self) -> Result<KeyFile, Failure> {
        read(&self.data.join("operator.json"), "operator commands run where that file can be read")
    }
}

fn read(path: &Path, instead: &str) -> Result<KeyFile, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Usage(format!(
            "{shown} is not there: `sampan serve` writes it at its first start; name its folder with --data, or {instead}"
        )),
        _ => Failure::Usage(format!("{shown} cannot be read: {error}")),
    })?;
    serde_json::from_str(&text).map_err(|error| Failure::Usage(format!("{shown} is damaged: {error}")))
}
