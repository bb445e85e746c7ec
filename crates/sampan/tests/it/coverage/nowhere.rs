//! Where no marketplace is connected: each operation that declares 40304 answers it, and no other does.

use super::entries;
use crate::{
    ask::Ask,
    cart::bag,
    claim::{JPG, application, before_shipment, parcel, with},
    operations,
    persona::Persona,
    product::opaque,
    purchase::{Bought, goods},
    world::{World, on_each_changing},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use contract::{
    error::Code,
    operation::{Edition, Entry},
};
use sampan::config::{Config, Sandbox};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a developer has from the time when there was a marketplace.
struct Belongings {
    unpaid: Bought,
    paid: Bought,
    shipped: Bought,
    /// Open, of the order that is paid.
    refund: String,
    /// Agreed, waits for the parcel.
    agreed: String,
    row: i64,
    offer: String,
}

impl Belongings {
    async fn of(world: &World, me: &Persona) -> Self {
        let unpaid = world.order(me, goods::JEANS, &[1]).await;
        let paid = world.paid_order(me, goods::SILENT, &[1, 1]).await;
        let half = Bought {
            entries: paid.entries[..1].to_vec(),
            amounts: paid.amounts[..1].to_vec(),
            freight: 0,
            ..paid.clone()
        };
        let refund = world.apply(me, before_shipment(&half)).await;
        let shipped = world.shipped_order(me, goods::TOTE_BAG, &[1]).await;
        let (_, agreed) = world.agreed_return(me, goods::TOTE_BAG).await;
        world.add_to_cart(me, bag(1)).await.accepted();
        let row = world.cart_rows(me).await[0].0;
        for edition in ["ka", "bigMajor"] {
            let path = format!("/alibaba/{edition}/order/create/preview");
            let example = super::entries().find(|e| e.path == path).expect("the operation").examples[0];
            world.send(me, Ask::raw(&path, example)).await.accepted();
        }
        let offer = opaque(world, me, goods::JEANS).await;
        Self { unpaid, paid, shipped, refund, agreed, row, offer }
    }

    /// The published request about things that are this developer's.
    fn ask(&self, entry: &Entry) -> Value {
        let id = entry.id;
        let example: Value = serde_json::from_str(entry.examples.last().expect("an example")).expect("JSON");
        let order = match id {
            _ if id.contains("receivegoods") || id.contains("order_logistics") || id.ends_with("order_detail") => {
                &self.shipped
            }
            _ if id.contains("refund") => &self.paid,
            _ => &self.unpaid,
        };
        let mine = json!({
            "orderId": order.id(),
            "orderEntryIds": order.entries,
            "orderIds": [order.id()],
            "refundId": self.refund,
            "cartIds": [self.row],
            "ids": [1],
            "id": self.row,
            "offerId": if entry.edition == Edition::V2 { json!(self.offer) } else { json!(goods::JEANS) },
            "goodsStatus": "refundWaitSellerSend",
        });
        let named = mine.as_object().expect("fields").iter().filter(|(name, _)| example.get(*name).is_some());
        let ask = with(&example, named.map(|(name, value)| (name.clone(), value.clone())).collect());
        match id {
            _ if id.ends_with("voucher_upload") => json!({"imageData": STANDARD.encode(JPG)}),
            _ if id.ends_with("refund_detail_create") || id.ends_with("refund_create") => {
                let rest = Bought { entries: self.paid.entries[1..].to_vec(), ..self.paid.clone() };
                application(&rest, "refund", "refundWaitSellerSend")
            }
            _ if id.ends_with("goods_return") => parcel(&self.agreed),
            _ => ask,
        }
    }
}

#[tokio::test]
async fn without_a_marketplace_each_operation_that_needs_one_says_so() {
    on_each_changing(async |world| {
        let me = world.another().await;
        let mine = Belongings::of(&world, &me).await;
        // What was looked at lately is shown without another look.
        world.database.run("UPDATE orders SET observed_at = 0").await;
        let config = Config { sandbox: Sandbox { enabled: false, ..Sandbox::default() }, ..world.config.clone() };
        let world = world.restart_with(config).await;
        let mut says = BTreeSet::new();
        for entry in entries() {
            let answer = world.send(&me, operations::ask(entry, &mine.ask(entry))).await;
            if answer.code() == Code::CapabilityNotOffered.number() {
                says.insert(entry.id);
            } else {
                assert_eq!(answer.code(), 200, "{}: {}", entry.id, answer.text);
            }
        }
        let declares = entries().filter(|entry| entry.errors.contains(&Code::CapabilityNotOffered));
        let declares: BTreeSet<&str> = declares.map(|entry| entry.id).collect();
        assert_eq!(says, declares);
        let open = world.database.text("SELECT CAST(COUNT(*) AS TEXT) FROM intents WHERE state = 'running'").await;
        assert_eq!(open, "0", "nothing is begun that cannot be sent");
        world
    })
    .await;
}
