//! Whom a command speaks for, and where: flags and environment first, then the key file in the data folder.
//!
//! The developer's commands read `test-developer.json`, the operator's `operator.json`; `serve` writes both at its first
//! start. The two never mix: a developer's key in the environment does not reach an operator's command.

mod key_file;

use super::exit::Failure;
use clap::Args;
use client::{Client, Credentials, Scheme};
pub use key_file::KeyFile;
use std::path::PathBuf;

const DEVELOPER_FILE: &str = "test-developer.json";
const OPERATOR_FILE: &str = "operator.json";

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Access and output")]
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
    /// Signs by HTTP Message Signatures (RFC 9421) instead of v1
    #[arg(long, global = true, env = "SAMPAN_STRONG")]
    pub strong: bool,
    /// Sub-account to act for, 13 digits
    #[arg(long, global = true, env = "SAMPAN_USER_ID", value_name = "ID")]
    pub user_id: Option<String>,
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
        let credentials =
            Credentials { scheme: self.scheme(), ..Credentials::new(file.access_key, file.access_secret) };
        Ok(Client::new(base_url, credentials)?)
    }

    fn scheme(&self) -> Scheme {
        if self.strong { Scheme::Strong } else { Scheme::V1 }
    }

    /// The developer's key, from flags, environment or file.
    pub fn credentials(&self) -> Result<Credentials, Failure> {
        match (&self.access_key, &self.access_secret) {
            (Some(key), Some(secret)) => {
                let credentials = Credentials::new(key.as_str(), secret.as_str());
                Ok(Credentials { user_id: self.user_id.clone(), scheme: self.scheme(), ..credentials })
            }
            (Some(_), None) | (None, Some(_)) => {
                Err(Failure::usage("--access-key and --access-secret (or their variables) go together"))
            }
            (None, None) => {
                let file = self.developer_file()?;
                let user_id = self.user_id.clone().or(file.user_id);
                let credentials = Credentials::new(file.access_key, file.access_secret);
                Ok(Credentials { user_id, scheme: self.scheme(), ..credentials })
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

    /// Writes a new key into the developer's key file if that file is the one of this developer (`None`: of the caller).
    /// Gives the file that was written.
    pub fn remember(&self, developer: Option<&str>, key: &str, secret: &str) -> Result<Option<PathBuf>, Failure> {
        let path = self.data.join(DEVELOPER_FILE);
        if !path.exists() {
            return Ok(None);
        }
        let file = self.developer_file()?;
        let own = match developer {
            None => self.access_key.as_ref().is_none_or(|key| *key == file.access_key),
            Some(id) => file.develop_id.as_deref() == Some(id),
        };
        if !own {
            return Ok(None);
        }
        KeyFile { access_key: key.to_owned(), access_secret: secret.to_owned(), ..file }.write(&path)?;
        Ok(Some(path))
    }

    fn developer_file(&self) -> Result<KeyFile, Failure> {
        KeyFile::read(&self.data.join(DEVELOPER_FILE), "give --base-url, --access-key and --access-secret")
    }

    fn operator_file(&self) -> Result<KeyFile, Failure> {
        KeyFile::read(&self.data.join(OPERATOR_FILE), "operator commands run where that file can be read")
    }
}
