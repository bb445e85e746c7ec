//! The cashier page: what the pay URL of an order opens in a browser, where one presses Pay.

use crate::{
    economy::{Economy, record::OrderRecord},
    page::{escaped, page},
    pictures,
};
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use domain::{
    Fen, OrderId,
    order::{Line, Order, OrderStatus},
};

/// Orders that one page pays, at most.
const MAX_ORDERS: usize = 100;

/// The cashier page of these orders.
pub fn url(base: &str, orders: &[OrderId]) -> String {
    let ids: Vec<String> = orders.iter().map(OrderId::to_string).collect();
    format!("{}/sandbox/cashier?orderIds={}", base.trim_end_matches('/'), ids.join(","))
}

/// Serves the page; a POST pays and shows the result.
pub fn router(economy: Economy) -> Router {
    Router::new().route("/sandbox/cashier", get(show).post(pay)).with_state(economy)
}

async fn show(State(economy): State<Economy>, RawQuery(query): RawQuery) -> Response {
    match orders(&economy, query.unwrap_or_default().as_bytes()) {
        Ok(orders) => bill(&orders),
        Err(Unknown) => unknown(),
    }
}

async fn pay(State(economy): State<Economy>, form: Bytes) -> Response {
    let Ok(orders) = orders(&economy, &form) else { return unknown() };
    let ids: Vec<OrderId> = orders.iter().filter(|o| waits(&o.order)).map(|o| o.order.id).collect();
    let failed = match economy.pay_together(&ids).await {
        Ok(paid) => paid.into_iter().filter_map(|(id, outcome)| Some((id, outcome.err()?.to_string()))).collect(),
        Err(failure) => ids.iter().map(|id| (*id, failure.to_string())).collect::<Vec<_>>(),
    };
    let now: Vec<Order> = orders.iter().filter_map(|o| economy.order(o.order.id)).map(|o| o.order).collect();
    receipt(&now, &failed)
}

struct Unknown;

fn orders(economy: &Economy, form: &[u8]) -> Result<Vec<OrderRecord>, Unknown> {
    let field = form_urlencoded::parse(form).find(|(name, _)| name == "orderIds").ok_or(Unknown)?.1;
    let mut orders = Vec::new();
    for id in field.split(',') {
        let id: OrderId = id.trim().parse().map_err(|_| Unknown)?;
        if orders.len() == MAX_ORDERS {
            return Err(Unknown);
        }
        orders.push(economy.order(id).ok_or(Unknown)?);
    }
    Ok(orders)
}

fn waits(order: &Order) -> bool {
    order.status == OrderStatus::WaitBuyerPay
}

fn unknown() -> Response {
    let body = "<h1>订单不存在</h1><p class=\"en\">There is no such order. Check the pay URL.</p>";
    page(StatusCode::NOT_FOUND, "订单不存在", body, "'none'")
}

fn bill(orders: &[OrderRecord]) -> Response {
    let due: Fen = orders.iter().filter(|o| waits(&o.order)).map(OrderRecord::due).sum();
    let cards: String = orders.iter().map(|o| card(&o.order)).collect();
    let head = "<h1>收银台</h1><p class=\"en\">Cashier · check the orders and press Pay</p>";
    let foot = if orders.iter().any(|o| waits(&o.order)) {
        let ids: Vec<String> = orders.iter().map(|o| o.order.id.to_string()).collect();
        format!(
            "<p class=\"total\"><span>应付总额 / To pay</span><b>¥ {}</b></p>\
             <form method=\"post\" action=\"/sandbox/cashier\"><input type=\"hidden\" name=\"orderIds\" value=\"{}\">\
             <button type=\"submit\">确认付款 / Pay</button></form>",
            due.yuan(),
            ids.join(",")
        )
    } else {
        "<p class=\"en\">没有待付款的订单 / Nothing waits for payment.</p>".to_owned()
    };
    page(StatusCode::OK, "收银台 / Cashier", &format!("{head}{cards}{foot}"), "'self'")
}

fn receipt(orders: &[Order], failed: &[(OrderId, String)]) -> Response {
    let head = if failed.is_empty() {
        "<h1 class=\"good\">付款成功</h1><p class=\"en\">Payment received. You can close this page.</p>".to_owned()
    } else {
        let rows = failed.iter().map(|(id, why)| format!("<p class=\"bad\">{id}: {}</p>", escaped(why)));
        let rows: String = rows.collect();
        format!("<h1 class=\"bad\">部分订单未付款</h1><p class=\"en\">Some orders were not paid.</p>{rows}")
    };
    let cards: String = orders.iter().map(card).collect();
    let status = if failed.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    page(status, "付款结果 / Result", &format!("{head}{cards}"), "'none'")
}

fn card(order: &Order) -> String {
    let (state, class) = state(&order.status);
    let lines: String = order.lines.iter().map(line).collect();
    format!(
        "<section class=\"card\"><h2><span>订单 / Order {}</span><span class=\"state {class}\">{state}</span></h2>\
         <p class=\"en\">卖家 / Seller: {}</p>{lines}\
         <p class=\"sum\"><span>运费 / Freight</span><span>¥ {}</span></p>\
         <p class=\"sum\"><span>合计 / Total</span><strong>¥ {}</strong></p></section>",
        order.id,
        escaped(&order.seller.login_id),
        order.shipping_fee.yuan(),
        order.total().yuan(),
    )
}

fn line(line: &Line) -> String {
    let words: Vec<String> = line.attributes.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!(
        "<div class=\"line\"><img src=\"{}\" alt=\"\" width=\"56\" height=\"56\"><div>{}<small>{} × {}</small></div>\
         <span>¥ {}</span></div>",
        pictures::thumbnail("", line.offer_id, 1),
        escaped(&line.name),
        escaped(&words.join(", ")),
        line.quantity,
        line.amount.yuan(),
    )
}

fn state(status: &OrderStatus) -> (&'static str, &'static str) {
    match status {
        OrderStatus::WaitBuyerPay => ("待付款 / To pay", ""),
        OrderStatus::WaitSellerSend => ("已付款 / Paid", "good"),
        OrderStatus::WaitBuyerReceive => ("已发货 / Shipped", "good"),
        OrderStatus::ConfirmGoods | OrderStatus::Success => ("交易完成 / Completed", "good"),
        OrderStatus::Cancel | OrderStatus::Terminated => ("交易关闭 / Closed", "bad"),
        OrderStatus::Other(_) => ("处理中 / In progress", ""),
    }
}
