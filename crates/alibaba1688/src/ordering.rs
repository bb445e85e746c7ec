//! Buying: preview, create, look, cancel, receive, follow.

use crate::{
    Alibaba1688, api,
    catalog::LANGUAGE,
    classify::unusable,
    gateway::{Answer, read},
    map,
    wire::{
        Flag, Int, Text,
        envelope::{Coded, Done, Flat},
        order::{
            AddressParam, CancelAnswer, CancelAsk, CargoParam, CreateAsk as CreateFields, CreateResult, ListAsk,
            OrderAsk, PreviewAnswer, PreviewAsk as PreviewFields, ReceiveAsk, TraceAnswer, TraceAsk, Trade,
        },
    },
};
use async_trait::async_trait;
use connector::{
    Catalog, Error, Kind, Observed, Ordering, Result,
    ordering::{CancelReason, CreateAsk, Preview, PreviewAsk},
};
use domain::{
    AccountId, Document, EntryId, OfferId, OrderId,
    catalog::ProductQuery,
    order::Order,
    purchase::{CargoLine, Receiver},
};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Rows of one page of the order list, and how many pages are read at most.
const PAGE: i64 = 20;
const PAGES: i64 = 20;

#[async_trait]
impl Ordering for Alibaba1688 {
    async fn preview(&self, account: AccountId, ask: &PreviewAsk) -> Result<Preview> {
        let fields = PreviewFields {
            address_param: Some(address(&ask.receiver)),
            cargo_param_list: Some(ask.lines.iter().map(cargo).collect()),
            flow: ask.flow.clone().filter(|f| !f.is_empty()),
        };
        let answer = self.ask(&api::PREVIEW, account, &fields).await?;
        let parsed: PreviewAnswer = answer.read()?;
        let orders = map::preview(&parsed).map_err(|odd| unusable(&api::PREVIEW, odd.0))?;
        Ok(Preview { orders, document: Document(answer.text) })
    }

    async fn seller(&self, offer: OfferId) -> Result<String> {
        let query = ProductQuery { offer, language: LANGUAGE.to_owned(), out_member_id: None };
        let product = self.product(&query).await?;
        let Sold { seller_open_id } = read(&api::PRODUCT_DETAIL, product.as_str())?;
        seller_open_id.ok_or_else(|| unusable(&api::PRODUCT_DETAIL, "a product without sellerOpenId"))
    }

    async fn create(&self, account: AccountId, ask: &CreateAsk) -> Result<Vec<OrderId>> {
        let fields = CreateFields {
            address_param: Some(address(&ask.receiver)),
            cargo_param_list: Some(ask.lines.iter().map(cargo).collect()),
            flow: Some(ask.flow.clone()),
            message: ask.message.clone(),
            trade_type: ask.trade_type.clone(),
            shop_promotion_id: ask.promotion_id.clone(),
            out_order_id: Some(ask.own_number.clone()),
        };
        let answer = self.ask(&api::CREATE, account, &fields).await?;
        let made: Coded<CreateResult> = answer.read()?;
        created(&made.result.unwrap_or_default())
    }

    async fn find(&self, account: AccountId, own_number: &str) -> Result<Vec<OrderId>> {
        let mut found = Vec::new();
        for page in 1..=PAGES {
            let rows = self.page(account, own_number, page).await?;
            let last = i64::try_from(rows.len()).is_ok_and(|n| n < PAGE);
            // An upstream that does not know the filter answers with everything: only rows that carry the number count.
            for row in rows.iter().filter_map(|t| t.base_info.as_ref()) {
                if row.out_order_id.as_ref().is_some_and(|n| n.0 == own_number) {
                    let id = row.id.and_then(|id| OrderId::new(id.0).ok());
                    found.push(id.ok_or_else(|| unusable(&api::ORDERS, "an order without id"))?);
                }
            }
            if last {
                break;
            }
        }
        Ok(found)
    }

    async fn order(&self, account: AccountId, id: OrderId) -> Result<Observed<Order>> {
        let fields = OrderAsk { web_site: Some(self.config.site.clone()), order_id: Some(Int(id.get())) };
        let answer = self.ask(&api::ORDER, account, &fields).await?;
        let found: Flat<Box<RawValue>> = answer.read()?;
        let record = found.result.ok_or_else(|| missing(&api::ORDER, Kind::OrderNotFound))?;
        let trade: Trade = read(&api::ORDER, record.get())?;
        let core = map::order(&trade).map_err(|odd| unusable(&api::ORDER, odd.0))?;
        if core.id != id {
            return Err(unusable(&api::ORDER, "the answer is of another order"));
        }
        Ok(Observed { core, document: Document(record.get().to_owned()) })
    }

    async fn cancel(&self, account: AccountId, id: OrderId, reason: &CancelReason) -> Result<()> {
        let (word, remark) = words(reason);
        let fields = CancelAsk {
            web_site: Some(self.config.site.clone()),
            trade_id: Some(Int(id.get())),
            cancel_reason: Some(word),
            remark,
        };
        let answer = self.ask(&api::CANCEL, account, &fields).await?;
        let done: CancelAnswer = answer.read()?;
        confirmed(&answer, done.success)
    }

    async fn confirm_receipt(&self, account: AccountId, id: OrderId, entries: &[EntryId]) -> Result<()> {
        let ids = entries.iter().map(|e| Int(e.get())).collect();
        let fields = ReceiveAsk { order_id: Some(Int(id.get())), order_entry_ids: Some(ids) };
        let answer = self.ask(&api::RECEIVE, account, &fields).await?;
        done(&answer)
    }

    async fn traces(&self, account: AccountId, id: OrderId) -> Result<Document> {
        let fields =
            TraceAsk { order_id: Some(Int(id.get())), web_site: Some(self.config.site.clone()), logistics_id: None };
        let answer = self.ask(&api::TRACES, account, &fields).await?;
        let traces: TraceAnswer<Box<RawValue>> = answer.read()?;
        let shipments = traces.logistics_trace.ok_or_else(|| missing(&api::TRACES, Kind::ShipmentNotFound))?;
        let rows: Vec<&RawValue> = read(&api::TRACES, shipments.get())?;
        if rows.is_empty() {
            return Err(missing(&api::TRACES, Kind::ShipmentNotFound));
        }
        Ok(Document(shipments.get().to_owned()))
    }
}

/// Who sells a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    seller_open_id: Option<String>,
}

impl Alibaba1688 {
    async fn page(&self, account: AccountId, own_number: &str, page: i64) -> Result<Vec<Trade>> {
        let fields = ListAsk {
            page: Some(Int(page)),
            page_size: Some(Int(PAGE)),
            out_order_id: Some(own_number.to_owned()),
            ..ListAsk::default()
        };
        let answer = self.ask(&api::ORDERS, account, &fields).await?;
        let rows: Flat<Vec<Trade>> = answer.read()?;
        // No rows is an empty list; no list is no answer.
        rows.result.ok_or_else(|| unusable(&api::ORDERS, "an answer without a list"))
    }
}

/// The upstream knows nothing of it.
pub(crate) fn missing(api: &'static api::Api, kind: Kind) -> Error {
    Error::refused(kind, api.name, "", "nothing found")
}

/// A write counts as done when the answer says so.
pub(crate) fn confirmed(answer: &Answer, success: Option<Flag>) -> Result<()> {
    match success {
        Some(Flag(true)) => Ok(()),
        Some(Flag(false)) | None => Err(unusable(answer.api, "the answer does not say that it was done")),
    }
}

/// Reads `{result: {success, ..}}`.
pub(crate) fn done(answer: &Answer) -> Result<()> {
    let outcome: Done = answer.read()?;
    confirmed(answer, outcome.result.and_then(|r| r.success))
}

fn address(receiver: &Receiver) -> AddressParam {
    let text = |value: &String| Some(value.clone()).filter(|v| !v.trim().is_empty());
    AddressParam {
        address_id: None,
        full_name: text(&receiver.full_name),
        mobile: text(&receiver.mobile),
        phone: text(&receiver.phone),
        post_code: text(&receiver.post_code),
        city_text: text(&receiver.city),
        province_text: text(&receiver.province),
        area_text: text(&receiver.area),
        town_text: text(&receiver.town),
        address: text(&receiver.address),
        district_code: text(&receiver.district_code),
        address_code: None,
    }
}

fn cargo(line: &CargoLine) -> CargoParam {
    CargoParam {
        offer_id: Some(Int(line.offer_id.get())),
        spec_id: line.spec_id.as_ref().map(ToString::to_string),
        quantity: Some(line.quantity.into()),
        open_offer_id: None,
        out_member_id: None,
    }
}

/// One order names itself; several are in a list.
fn created(made: &CreateResult) -> Result<Vec<OrderId>> {
    let one = made.order_id.as_ref().filter(|id| !id.0.is_empty());
    let several = made.order_list.iter().flatten().filter(|o| o.success != Some(Flag(false)));
    let ids: Vec<&Text> = match one {
        Some(id) => vec![id],
        None => several.filter_map(|o| o.order_id.as_ref()).collect(),
    };
    let ids: Option<Vec<OrderId>> = ids.into_iter().map(|id| id.0.parse().ok()).collect();
    ids.filter(|ids| !ids.is_empty()).ok_or_else(|| unusable(&api::CREATE, "the answer names no order"))
}

/// The upstream's word, and the caller's own text in the remark.
fn words(reason: &CancelReason) -> (String, Option<String>) {
    if matches!(reason.reason.as_str(), "buyerCancel" | "sellerGoodsLack" | "other") {
        return (reason.reason.clone(), reason.remark.clone());
    }
    let parts = [Some(reason.reason.as_str()), reason.remark.as_deref()];
    let remark: Vec<&str> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    ("other".to_owned(), Some(remark.join(" ")).filter(|r| !r.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_the_callers_own_travels_in_the_remark() {
        let reason = |r: &str, m: Option<&str>| words(&CancelReason { reason: r.into(), remark: m.map(str::to_owned) });
        assert_eq!(reason("buyerCancel", Some("x")), ("buyerCancel".into(), Some("x".into())));
        assert_eq!(reason("too slow", Some("x")), ("other".into(), Some("too slow x".into())));
        assert_eq!(reason("", None), ("other".into(), None));
    }
}
