//! Categories: one with its translation, and the Chinese tree.

use crate::scalar::{Flag, IdNumber, List, Text, Whole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One category with its translation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    pub category_id: Option<IdNumber>,
    pub chinese_name: Option<Text>,
    pub translated_name: Option<Text>,
    pub language: Option<Text>,
    pub leaf: Option<Flag>,
    /// `1` to `3`.
    pub level: Option<Text>,
    pub parent_cate_id: Option<IdNumber>,
    pub from_cache: Option<Flag>,
    /// Null on leaves.
    pub children: Option<Vec<Category>>,
}

/// One category of the Chinese tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryNode {
    #[serde(rename = "categoryID")]
    pub category_id: Option<IdNumber>,
    pub name: Option<Text>,
    pub level: Option<Whole>,
    pub is_leaf: Option<Flag>,
    #[serde(rename = "parentIDs")]
    pub parent_ids: List<IdNumber>,
    #[serde(rename = "childIDs")]
    pub child_ids: List<IdNumber>,
    /// Spelled so.
    pub child_categorys: List<ChildCategory>,
    pub min_order_quantity: Option<Whole>,
    pub feature_infos: List<FeatureInfo>,
    /// `1` open market, `2` industrial goods, `3` mainstream goods.
    pub category_type: Option<Text>,
    pub is_support_processing: Option<Flag>,
}

/// A category below another one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChildCategory {
    pub id: Option<IdNumber>,
    pub name: Option<Text>,
    pub is_leaf: Option<Flag>,
    pub category_type: Option<Text>,
}

/// A property of a category.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeatureInfo {
    pub key: Option<Text>,
    pub value: Option<Text>,
    pub status: Option<Whole>,
    pub hierarchy: Option<Flag>,
}
