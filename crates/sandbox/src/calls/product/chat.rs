//! The way to a seller, by encrypted id.

use super::{Shop, failure};
use crate::{api::ApiError, talk};
use alibaba1688::wire::{
    Flag,
    product::{ChatLink, ChatName},
};

/// The nickname; left out for an id that nobody has.
pub fn name(shop: &Shop, open_id: &str) -> ChatName {
    ChatName { wangwang_nick: shop.catalogue.seller_by_open_id(open_id).map(|seller| seller.login_id.clone()) }
}

pub fn link(shop: &Shop, open_id: &str) -> Result<ChatLink, ApiError> {
    let seller = shop.catalogue.seller_by_open_id(open_id);
    let seller = seller.ok_or_else(|| failure("404", "openUid is not known"))?;
    Ok(ChatLink {
        code: Some("200".into()),
        result: Some(talk::url(&shop.base, &seller.open_id)),
        success: Some(Flag(true)),
        ..ChatLink::default()
    })
}
