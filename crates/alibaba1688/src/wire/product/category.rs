//! Categories: with a translation, and the Chinese tree.

use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// One category with its translation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Category {
    pub category_id: Option<Int>,
    pub chinese_name: Option<String>,
    pub translated_name: Option<String>,
    pub language: Option<String>,
    /// Boolean; upstream also types it as text.
    pub leaf: Option<bool>,
    /// `1` to `3`.
    pub level: Option<String>,
    pub parent_cate_id: Option<Int>,
    pub from_cache: Option<bool>,
    /// Null on leaves.
    pub children: Option<Vec<Category>>,
}

/// One category of the Chinese tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CategoryNode {
    #[serde(rename = "categoryID")]
    pub category_id: Option<Int>,
    pub name: Option<String>,
    pub level: Option<Int>,
    pub is_leaf: Option<bool>,
    #[serde(rename = "parentIDs")]
    pub parent_ids: Option<Vec<Int>>,
    #[serde(rename = "childIDs")]
    pub child_ids: Option<Vec<Int>>,
    /// Spelled so.
    pub child_categorys: Option<Vec<ChildCategory>>,
    pub min_order_quantity: Option<Int>,
    pub feature_infos: Option<Vec<FeatureInfo>>,
    pub category_type: Option<String>,
    pub is_support_processing: Option<bool>,
}

/// Part of [`CategoryNode`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChildCategory {
    pub id: Option<Int>,
    pub name: Option<String>,
    pub is_leaf: Option<bool>,
    pub category_type: Option<String>,
}

/// Part of [`CategoryNode`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FeatureInfo {
    pub key: Option<String>,
    pub value: Option<String>,
    pub status: Option<Int>,
    pub hierarchy: Option<bool>,
}

/// The answer of `alibaba.category.get`, which has no wrapper.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CategoryTree {
    /// Spelled so; text.
    pub succes: Option<String>,
    pub category_info: Option<Vec<CategoryNode>>,
    pub error_msg: Option<String>,
    /// E.g. `500_1`.
    pub error_code: Option<String>,
}
