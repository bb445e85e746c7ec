//! `Ordering`: preview, create, find, look.

use super::{
    market::{Market, refused},
    stage::Seller,
};
use connector::{
    Kind,
    ordering::{CreateAsk, Preview, PreviewAsk},
};
use domain::{
    Fen, OrderId,
    order::{OrderStatus, Shipment},
    purchase::CargoLine,
};

async fn preview(market: &Market, lines: Vec<CargoLine>) -> connector::Result<Preview> {
    preview_as(market, lines, "general").await
}

async fn preview_as(market: &Market, lines: Vec<CargoLine>, flow: &str) -> connector::Result<Preview> {
    let ask = PreviewAsk { lines, receiver: market.stage.receiver(), flow: Some(flow.to_owned()) };
    market.ordering().preview(market.buyer(), &ask).await
}

pub async fn a_preview_prices_and_leaves_nothing_behind(market: Market) {
    let lines = market.stage.cargo(Seller::Obliging, 2);
    let first = preview(&market, lines.clone()).await.expect("the lines may be bought");
    let [order] = first.orders.as_slice() else { panic!("one seller: {:?}", first.orders) };
    assert!(order.ok && order.refusal.is_none());
    assert_eq!(order.goods, order.lines.iter().map(|l| l.amount).sum(), "goods are their lines");
    assert!(order.goods > Fen::ZERO && order.carriage >= Fen::ZERO && !order.trade_modes.is_empty());
    for (asked, priced) in lines.iter().zip(&order.lines) {
        assert_eq!((asked.offer_id, &asked.spec_id), (priced.offer_id, &priced.spec_id));
        assert_eq!(priced.amount, priced.unit_price.times(asked.quantity));
    }
    serde_json::from_str::<serde_json::Value>(first.document.as_str()).expect("documents are JSON");
    let again = preview(&market, lines).await.expect("and again");
    assert_eq!(again.orders, first.orders);
}

pub async fn a_preview_refuses_what_cannot_be_bought(market: Market) {
    let stage = &market.stage;
    refused(Kind::MixedSellers, preview(&market, stage.of_two_sellers()).await);
    refused(Kind::OutOfStock, preview(&market, stage.beyond_stock()).await);
    refused(Kind::BelowMinimum, preview(&market, stage.below_minimum()).await);
    let unknown = CargoLine { offer_id: stage.unknown_offer(), spec_id: None, quantity: 1 };
    let error = refused(Kind::ProductNotFound, preview(&market, vec![unknown]).await);
    assert!(error.code.is_some_and(|code| !code.is_empty()), "a refusal carries their code");
    let lines = stage.cargo(Seller::Obliging, 1);
    refused(Kind::NotGranted, preview_as(&market, lines, stage.flow_not_granted()).await);
}

pub async fn an_offer_has_one_seller_and_an_unknown_one_has_none(market: Market) {
    let stage = &market.stage;
    let lines = stage.of_two_sellers();
    let [one, other] = lines.as_slice() else { panic!("two lines") };
    let seller = async |offer| market.ordering().seller(offer).await;
    let (first, second) =
        (seller(one.offer_id).await.expect("a seller"), seller(other.offer_id).await.expect("a seller"));
    assert!(!first.is_empty() && first != second);
    assert_eq!(seller(one.offer_id).await.expect("a seller"), first);
    refused(Kind::ProductNotFound, seller(stage.unknown_offer()).await);
}

pub async fn an_order_is_what_was_asked_at_the_price_of_its_preview(market: Market) {
    let ask = market.ask(market.stage.cargo(Seller::Obliging, 2));
    let priced = preview(&market, ask.lines.clone()).await.expect("a preview").orders.remove(0);
    let id = market.create(&ask).await;
    let seen = market.ordering().order(market.buyer(), id).await.expect("the order is there");
    let order = seen.core;
    assert_eq!((order.id, &order.status), (id, &OrderStatus::WaitBuyerPay));
    assert_eq!(order.out_order_id.as_deref(), Some(ask.own_number.as_str()));
    assert_eq!((order.goods(), order.shipping_fee), (priced.goods, priced.carriage));
    assert!(!order.was_paid() && order.refunded == Fen::ZERO);
    let bought = order.lines.iter().map(|l| (l.offer_id, l.spec_id.clone(), l.quantity));
    let asked = ask.lines.iter().map(|l| (l.offer_id, l.spec_id.clone(), l.quantity));
    assert!(bought.eq(asked), "{:?}", order.lines);
    assert!(order.lines.iter().all(|l| l.shipment == Shipment::NotShipped && l.id.get() != 0));
    assert!(!order.seller.member_id.is_empty() && !order.buyer.member_id.is_empty());
    let document: serde_json::Value = serde_json::from_str(seen.document.as_str()).expect("documents are JSON");
    assert_eq!(document["baseInfo"]["id"], id.get(), "ids beyond 2^53 keep their digits");
    assert_eq!(market.ordering().find(market.buyer(), &ask.own_number).await.expect("found"), [id]);
}

pub async fn the_same_own_number_gives_the_same_order(market: Market) {
    let ask = market.ask(market.stage.cargo(Seller::Obliging, 1));
    let first = market.create(&ask).await;
    assert_eq!(market.create(&ask).await, first);
    assert_eq!(market.ordering().find(market.buyer(), &ask.own_number).await.expect("found"), [first]);
    let other = CreateAsk { own_number: market.own_number(), ..ask };
    assert_ne!(market.create(&other).await, first);
}

pub async fn a_refused_create_makes_nothing(market: Market) {
    let stage = &market.stage;
    for (lines, kind) in [
        (stage.of_two_sellers(), Kind::MixedSellers),
        (stage.beyond_stock(), Kind::OutOfStock),
        (stage.below_minimum(), Kind::BelowMinimum),
    ] {
        let ask = market.ask(lines);
        refused(kind, market.ordering().create(market.buyer(), &ask).await);
        let found = market.ordering().find(market.buyer(), &ask.own_number).await.expect("a list");
        assert!(found.is_empty(), "{kind:?} made {found:?}");
    }
}

pub async fn stock_may_go_between_preview_and_create(market: Market) {
    let ask = market.ask(market.stage.cargo(Seller::SellingOut, 1));
    assert!(preview(&market, ask.lines.clone()).await.expect("a preview").orders[0].ok);
    refused(Kind::OutOfStock, market.ordering().create(market.buyer(), &ask).await);
    assert!(market.ordering().find(market.buyer(), &ask.own_number).await.expect("a list").is_empty());
}

pub async fn a_trade_type_is_one_of_the_preview_s(market: Market) {
    let lines = market.stage.cargo(Seller::Obliging, 1);
    let modes = preview(&market, lines.clone()).await.expect("a preview").orders.remove(0).trade_modes;
    let with = |mode: &str| CreateAsk { trade_type: Some(mode.to_owned()), ..market.ask(lines.clone()) };
    for mode in &modes {
        market.create(&with(mode)).await;
    }
    refused(Kind::InvalidParameter, market.ordering().create(market.buyer(), &with("barter")).await);
}

pub async fn an_own_number_that_nobody_used_finds_nothing(market: Market) {
    let ask = market.ask(market.stage.cargo(Seller::Obliging, 1));
    market.create(&ask).await;
    let find = async |account, number: &str| market.ordering().find(account, number).await.expect("a list");
    assert!(find(market.buyer(), "SPnever").await.is_empty());
    assert!(find(market.stage.stranger(), &ask.own_number).await.is_empty(), "another buyer's number");
}

pub async fn an_order_of_nobody_or_of_somebody_else_is_not_found(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    let unknown = OrderId::new(order.id.get() + 1_000_000_007).expect("an id");
    refused(Kind::OrderNotFound, market.ordering().order(market.buyer(), unknown).await);
    refused(Kind::OrderNotFound, market.ordering().order(market.stage.stranger(), order.id).await);
}
