//! What is there for a developer, by marketplace.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What this developer may use here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperCapabilities {
    /// Granted editions.
    pub editions: Vec<String>,
    /// Whether requests may ask for the marketplace's own answers (`X-Include-Upstream`).
    pub include_upstream: bool,
    /// Every marketplace that this server knows, connected or not.
    pub marketplaces: Vec<MarketplaceOffering>,
}

/// What one marketplace has here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceOffering {
    pub marketplace: String,
    /// False: the operator has not connected it, and every operation of it answers 40304.
    pub connected: bool,
    /// Whether a purchasing account buys for this user; without one nothing can be ordered.
    pub buys: bool,
    pub capabilities: MarketplaceCapabilities,
    pub operations: Vec<OfferedOperation>,
}

/// What the marketplace can do, as it is connected here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceCapabilities {
    pub catalog: bool,
    pub ordering: bool,
    pub payment: bool,
    pub aftersale: bool,
    /// Changes are reported by the marketplace itself, and not only found by looking.
    pub pushes: bool,
}

/// An operation and whether it can be called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedOperation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub edition: String,
    pub available: bool,
    /// Code of the refusal that a call would get: 40301 where the edition is not granted, 40304 where the marketplace lacks
    /// it; null for one that is available.
    pub refusal: Option<i64>,
}
