//! Categories: with a translation, and the Chinese tree.

use super::{Shop, failure};
use crate::{
    api::{ApiError, Params},
    catalogue::{Category, Language},
};
use alibaba1688::wire::{
    Int,
    product::{self, CategoryNode, CategoryTree, ChildCategory},
};

/// The open market.
const MARKET: &str = "1";
const ROOT: i64 = 0;

/// `category.translation.getById`; its arguments are flat.
pub fn translated(shop: &Shop, params: &Params) -> Result<product::Category, ApiError> {
    let language = Language::parse(params.require("language")?).unwrap_or(Language::Chinese);
    let id = params.i64("categoryId")?.ok_or_else(|| ApiError::missing("categoryId"))?;
    let parent = params.i64("parentCateId")?;
    if id == ROOT {
        return Ok(root(shop, language));
    }
    let found = shop.catalogue.category(id).filter(|c| parent.is_none_or(|parent| parent == c.parent));
    let found = found.ok_or_else(|| failure("404", "category does not exist"))?;
    Ok(with_children(shop, found, language))
}

fn root(shop: &Shop, language: Language) -> product::Category {
    let children = shop.catalogue.children(ROOT).map(|child| with_children(shop, child, language));
    product::Category {
        category_id: Some(Int(ROOT)),
        chinese_name: Some("所有类目".to_owned()),
        language: Some(language.code().to_owned()),
        leaf: Some(false),
        level: Some("0".to_owned()),
        from_cache: Some(true),
        children: Some(children.collect()),
        ..product::Category::default()
    }
}

fn with_children(shop: &Shop, category: &Category, language: Language) -> product::Category {
    let children = || shop.catalogue.children(category.id).map(|child| with_children(shop, child, language)).collect();
    product::Category {
        category_id: Some(Int(category.id)),
        chinese_name: Some(category.zh.clone()),
        translated_name: category.name_translated(language).map(str::to_owned),
        language: Some(language.code().to_owned()),
        leaf: Some(category.leaf),
        level: Some(category.level.to_string()),
        parent_cate_id: Some(Int(category.parent)),
        from_cache: Some(true),
        children: (!category.leaf).then(children),
    }
}

/// `alibaba.category.get`, which has neither a wrapper nor the usual spelling of success.
pub fn tree(shop: &Shop, params: &Params) -> Result<CategoryTree, ApiError> {
    let id = params.i64("categoryID")?.ok_or_else(|| ApiError::missing("categoryID"))?;
    let found: Vec<&Category> = if id == ROOT {
        shop.catalogue.children(ROOT).collect()
    } else {
        shop.catalogue.category(id).into_iter().collect()
    };
    if found.is_empty() {
        return Ok(CategoryTree {
            succes: Some("false".to_owned()),
            error_code: Some("500_1".to_owned()),
            error_msg: Some("category does not exist".to_owned()),
            ..CategoryTree::default()
        });
    }
    let nodes = found.into_iter().map(|category| node(shop, category)).collect();
    Ok(CategoryTree { succes: Some("true".to_owned()), category_info: Some(nodes), ..CategoryTree::default() })
}

fn node(shop: &Shop, category: &Category) -> CategoryNode {
    let above = shop.catalogue.path(category.id);
    let parents = above.iter().rev().skip(1).map(|c| Int(c.id));
    let children: Vec<&Category> = shop.catalogue.children(category.id).collect();
    let child = |c: &&Category| ChildCategory {
        id: Some(Int(c.id)),
        name: Some(c.zh.clone()),
        is_leaf: Some(c.leaf),
        category_type: Some(MARKET.to_owned()),
    };
    CategoryNode {
        category_id: Some(Int(category.id)),
        name: Some(category.zh.clone()),
        level: Some(Int(category.level.into())),
        is_leaf: Some(category.leaf),
        parent_ids: Some(if category.parent == ROOT { vec![Int(ROOT)] } else { parents.collect() }),
        child_ids: Some(children.iter().map(|c| Int(c.id)).collect()),
        child_categorys: Some(children.iter().map(child).collect()),
        min_order_quantity: Some(Int(1)),
        feature_infos: Some(Vec::new()),
        category_type: Some(MARKET.to_owned()),
        is_support_processing: Some(false),
    }
}
