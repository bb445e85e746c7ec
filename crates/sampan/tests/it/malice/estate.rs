//! What a developer has: an order in each state, refunds, a cart, messages, requests; and how it looks to its owner.

use super::places::Place;
use crate::{
    claim::{application, before_shipment},
    persona::Persona,
    purchase::{Bought, create_body, goods, line},
    world::{World, until},
};
use contract::operation::Entry;
use serde_json::{Value, json};
use std::time::Duration;

pub struct Estate {
    pub owner: Persona,
    pub unpaid: Bought,
    pub paid: Bought,
    pub shipped: Bought,
    /// An order with an open refund, and the refund.
    claimed: (Bought, String),
    /// An order whose goods may go back, and the refund.
    returning: (Bought, String),
    cart_row: i64,
    message: String,
    request: String,
    opaque_offer: String,
    opaque_item: String,
    /// The receiver's name.
    receiver: String,
}

/// To whom the thing that a field names belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Order,
    Entry,
    Refund,
    CartRow,
    Message,
    Request,
    /// An id that is a developer's own name of a product.
    Opaque,
    /// The header decides.
    User,
    /// The caller's own word, which names things of his alone.
    Own,
    /// The marketplace's, the same for everybody.
    Public,
    /// Only the operator names it.
    Operators,
}

/// A field that looks like an id and stands nowhere here asks for its line.
pub fn whose(entry: &Entry, place: &Place) -> Option<Whose> {
    let opaque = entry.id.starts_with("v2_");
    let found = match place.name() {
        "orderId" | "orderIds" | "objectId" => Whose::Order,
        "orderEntryIds" => Whose::Entry,
        "id" if place.to_string().starts_with("orderEntryCountList") => Whose::Entry,
        "refundId" => Whose::Refund,
        "cartIds" => Whose::CartRow,
        "id" | "ids" if entry.group.ends_with("/cart") => Whose::CartRow,
        "id" | "fromId" | "toId" if entry.id == "developer_message_replay" => Whose::Message,
        "requestId" => Whose::Request,
        "offerMapId" => Whose::Opaque,
        "offerId" if opaque => Whose::Opaque,
        "userId" if !entry.path.starts_with("/operator/") => Whose::User,
        // Purchase numbers begin anew with each developer.
        "outOrderId" | "outMemberId" | "productNo" | "taskId" | "orderNo" => Whose::Own,
        "offerId" | "offerIds" | "categoryId" | "parentCateId" | "cateId" | "rankId" | "skuId" | "specId" | "aliId"
        | "applyReasonId" | "sellerOpenId" | "openUid" | "offerPoolId" | "shopPromotionId" | "logisticsId"
        | "logisticsCompanyNo" => Whose::Public,
        "developId" | "userId" | "accountId" | "paymentId" => Whose::Operators,
        // A place in the caller's own list, whoever was told of it.
        "pageNo" | "cursor" => return None,
        // An object of ids has its ids inside.
        name => {
            let named =
                ["Id", "Ids", "Uid", "No"].iter().any(|end| name.ends_with(end)) || name == "id" || name == "ids";
            assert!(!place.is_id() && !named, "{}: whose is {place}?", entry.id);
            return None;
        }
    };
    Some(found)
}

impl Estate {
    pub async fn of(world: &World, owner: Persona, receiver: &str) -> Self {
        let buy = async |offer| order(world, &owner, offer, receiver).await;
        let unpaid = buy(goods::JEANS).await;
        let paid = buy(goods::SILENT).await;
        let shipped = buy(goods::TOTE_BAG).await;
        let claimed = buy(goods::SILENT).await;
        let returning = buy(goods::JEANS).await;
        for bought in [&paid, &shipped, &claimed, &returning] {
            world.pay(&owner, bought.order).await;
        }
        world.until_order(&owner, shipped.order, "waitbuyerreceive").await;
        let claim = world.apply(&owner, before_shipment(&claimed)).await;
        world.ship(returning.order).await;
        world.until_order(&owner, returning.order, "waitbuyerreceive").await;
        world.receive(&owner, &returning).await;
        let back = world.apply(&owner, application(&returning, "returnRefund", "aftersaleBuyerReceived")).await;
        world.until_refund(&owner, &back, "waitbuyersend").await;
        let cart_row = world.fill_cart(&owner, &[(goods::PENS, 3)]).await.remove(0);
        let opaque = world.get(&owner, "/v2/alibaba/cart/list", &[]).await.accepted();
        let item = crate::cart::items(&opaque).remove(0);
        let request = world.post(&owner, "/alibaba/order/page", json!({})).await.request_id().to_owned();
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("a text: {value}")).to_owned();
        let mut estate = Self {
            opaque_offer: text(&item["offerMapId"]),
            opaque_item: item["itemMapId"].as_str().unwrap_or_default().to_owned(),
            message: String::new(),
            receiver: receiver.to_owned(),
            claimed: (claimed, claim),
            returning: (returning, back),
            owner,
            unpaid,
            paid,
            shipped,
            cart_row,
            request,
        };
        estate.settle(world).await;
        let page = world.post(&estate.owner, "/developer/message/page", json!({})).await.accepted();
        estate.message = text(&page["records"][0]["id"]);
        estate
    }

    fn orders(&self) -> [&Bought; 5] {
        [&self.unpaid, &self.paid, &self.shipped, &self.claimed.0, &self.returning.0]
    }

    fn refunds(&self) -> [&str; 2] {
        [&self.claimed.1, &self.returning.1]
    }

    /// Waits until what happens by itself has happened.
    async fn settle(&self, world: &World) {
        let mut before = Value::Null;
        until("the estate is at rest", async || {
            let now = self.seen(world).await;
            let rests = now == before;
            before = now;
            tokio::time::sleep(Duration::from_millis(250)).await;
            rests.then_some(())
        })
        .await;
    }

    /// Everything as its owner sees it.
    pub async fn seen(&self, world: &World) -> Value {
        let me = &self.owner;
        let mut seen = Vec::new();
        for bought in self.orders() {
            seen.push(world.order_detail(me, bought.order).await);
        }
        for refund in self.refunds() {
            seen.push(world.refund_info(me, refund).await);
        }
        seen.push(world.cart(me).await);
        for (path, body) in [
            ("/alibaba/ka/order/page", json!({})),
            ("/developer/message/page", json!({"pageSize": 50})),
            ("/developer/callback/get", json!({})),
            ("/developer/profile", json!({})),
        ] {
            seen.push(world.post(me, path, body).await.accepted());
        }
        let shown = json!({"developId": me.develop_id});
        seen.push(world.post(&world.operator, "/operator/developer/show", shown).await.accepted());
        json!(seen)
    }

    /// Ids of this kind, those that another one may aim at.
    pub fn ids(&self, whose: Whose) -> Vec<Value> {
        let orders = || [&self.unpaid, &self.paid, &self.shipped].into_iter();
        match whose {
            Whose::Order => orders().map(|bought| json!(bought.id())).collect(),
            Whose::Entry => orders().map(|bought| json!(bought.entries[0])).collect(),
            Whose::Refund => self.refunds().iter().map(|id| json!(id)).collect(),
            Whose::CartRow => vec![json!(self.cart_row)],
            Whose::Message => vec![json!(self.message)],
            Whose::Request => vec![json!(self.request)],
            Whose::Opaque => vec![json!(self.opaque_offer)],
            Whose::User => self.owner.user_id.iter().map(|id| json!(id)).collect(),
            Whose::Own | Whose::Public | Whose::Operators => Vec::new(),
        }
    }

    /// The id of each kind that fits the operation best, so that nothing but its owner is in the way.
    pub fn fitting(&self, entry: &Entry, whose: Whose) -> Option<Value> {
        let about = |words: &[&str]| words.iter().any(|word| entry.id.contains(word));
        let order = if about(&["refund_reason"]) {
            &self.paid
        } else if about(&["refund", "receive", "logistics"]) {
            &self.shipped
        } else {
            &self.unpaid
        };
        let refund = if about(&["return"]) { &self.returning.1 } else { &self.claimed.1 };
        match whose {
            Whose::Order => Some(json!(order.id())),
            Whose::Entry => Some(json!(order.entries[0])),
            Whose::Refund => Some(json!(refund)),
            _ => self.ids(whose).into_iter().next(),
        }
    }

    /// What is its owner's alone, but for what the request itself said.
    #[track_caller]
    pub fn tells_nothing(&self, what: &str, sent: &Value, text: &str) {
        let sent = sent.to_string();
        let ids = self.orders().into_iter().flat_map(|b| std::iter::once(b.order).chain(b.entries.iter().copied()));
        let mut private: Vec<String> = ids.map(|id| id.to_string()).collect();
        private.extend(self.refunds().iter().map(|id| id.trim_start_matches("TQ").to_owned()));
        private.extend([&self.receiver, &self.message, &self.opaque_offer].map(String::from));
        private.extend([&self.owner.access_key, &self.owner.access_secret, &self.owner.develop_id].map(String::from));
        private.extend(Some(self.opaque_item.clone()).filter(|id| !id.is_empty()));
        // The number of a message is a short one, which other numbers may hold.
        for word in private.iter().filter(|word| word.chars().count() > 4 && !sent.contains(word.as_str())) {
            assert!(!text.contains(word.as_str()), "{what} {sent} tells {word}: {text}");
        }
    }
}

/// An unpaid order for somebody.
async fn order(world: &World, owner: &Persona, offer: i64, receiver: &str) -> Bought {
    let spec = world.specs(offer).await.into_iter().next().unwrap_or_default();
    let mut body = create_body(json!([line(offer, &spec, 2)]));
    body["addressParam"]["fullName"] = json!(receiver);
    let made = world.post(owner, "/alibaba/order/create", body).await.accepted();
    Bought::of(&made[0])
}

#[test]
fn every_id_of_every_request_has_an_owner() {
    for entry in contract::OPERATIONS {
        super::places::of(entry).iter().for_each(|place| {
            let _ = whose(entry, place);
        });
    }
}
