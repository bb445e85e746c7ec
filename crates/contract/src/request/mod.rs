//! Requests as they come in, and what they mean once checked.
//!
//! A body is typed to the contract; null counts as left out and unknown fields are ignored. What a schema cannot say (enum
//! words with a state, ranges, texts that hold numbers) is checked on the way into the domain's types, and the fault
//! names the field. Whether things exist or fit together is not asked here.

mod account;
mod address;
mod buying;
mod care;
mod cargo;
mod cart;
mod developer;
mod id;
mod listing;
mod operator;
mod paying;
mod payment;
mod product;
mod purchase;
mod refund;
mod voucher;

pub use account::{UserBindBody, UserUnbindBody};
pub use address::FastAdress;
pub use buying::{CancelBody, KaOrderIdBody, OrderDetailBody, ReceiveGoodsBody, TraceQuery};
pub use care::BackupBody;
pub use cargo::{Cargo, FastCargo, FastCargoBatch, FastCargoV2, OrderLine};
pub use cart::{
    AddsToCart, CartAddBody, CartAddFields, CartAddV2Body, CartAddition, CartChange, CartCreateBody, CartDeleteBody,
    CartEditBody, CartPreviewBody, CartPurchase,
};
pub use developer::{
    CallbackSetBody, EventPageBody, FeedPlace, MessageFilter, MessagePageBody, MessageReplayBody, Nothing,
    ReplayChoice, RequestGetBody, SecretResetBody,
};
pub use id::{Id, OrderRef};
pub use listing::{Between, KaOrderPageBody, OrderFilter, OrderPageBody, Words};
pub use operator::{
    DeveloperCreateBody, DeveloperIdBody, DeveloperListBody, DeveloperSecretBody, DeveloperSetBody, UserCreateBody,
    UserSetBody,
};
pub use paying::{PayUrlQuery, SubmitToPayBody};
pub use payment::{PaymentIdBody, PaymentListBody, PaymentRefuseBody, PaymentWords};
pub use product::{
    CategoryBody, CategoryTreeBody, DetailBody, DetailMultiBody, FreightBody, HotListBody, ImageBody, KeywordBody,
    LogisticsSkuNum, OpenUidBody, PICTURE_MAX, PoolBody, RecommendBody, RelatedBody, SellerOfferBody,
};
pub use purchase::{
    Buys, CreateBody, CreateFields, KaCreateBody, KaPreviewBody, LooseCreateBody, OrderCreateBatchBody,
    OrderCreateBody, OrderPreviewBatchBody, OrderPreviewBody, OrderPreviewV2Body, Preview, PreviewBody, Purchase,
    Transfer, TransferCreateBody,
};
pub use refund::{OrderEntryCount, RefundCreateBody, RefundIdBody, RefundReasonBody, RefundReturnBody, ReturnAsk};
pub use voucher::{VOUCHER_MAX, VoucherUploadBody};

use crate::error::Fault;

/// The text of an optional field; empty counts as not set.
fn set(field: Option<&String>) -> Option<&str> {
    field.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// A field of 0 to `max` characters.
fn short(field: &'static str, text: Option<&String>, max: usize) -> Result<Option<String>, Fault> {
    match set(text) {
        Some(text) if text.chars().count() > max => {
            Err(Fault::invalid(field, format_args!("at most {max} characters")))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// One of `words`.
fn word(field: &'static str, text: &str, words: &[&str]) -> Result<(), Fault> {
    if words.contains(&text) { Ok(()) } else { Err(Fault::invalid(field, format_args!("one of {}", words.join(", ")))) }
}

/// Page and size: from 1, size at most 50 and 20 where it is not given.
fn paging(page: (&'static str, Option<i64>), size: (&'static str, Option<i64>)) -> Result<(u32, u32), Fault> {
    pages(page, size, 50)
}

/// Page and size: from 1, size at most `most`.
fn pages(
    (page_field, page): (&'static str, Option<i64>),
    (size_field, size): (&'static str, Option<i64>),
    most: u32,
) -> Result<(u32, u32), Fault> {
    let page = page.map_or(Some(1), |p| u32::try_from(p).ok().filter(|p| *p >= 1));
    let size = size.map_or(Some(20), |s| u32::try_from(s).ok().filter(|s| (1..=most).contains(s)));
    Ok((
        page.ok_or_else(|| Fault::invalid(page_field, "a page from 1"))?,
        size.ok_or_else(|| Fault::invalid(size_field, format_args!("1 to {most}")))?,
    ))
}
