//! Whole lives of orders, and lives that stop half-way.

use super::market::{Ask, Bought, Market, SILENT, WILLING};
use serde_json::json;

/// Preview, create, pay, ship, receive one line, refund the other, which closes the order.
pub async fn whole(market: &mut dyn Market) -> Result<i64, String> {
    market.preview(&WILLING).await?;
    let bought = market.create(&WILLING).await?;
    let [first, second] = two(&bought)?;
    market.pay(&bought).await?;
    ship(market, bought.order).await?;
    market.receive(bought.order, first.0).await?;
    let ask = Ask { order: bought.order, line: &second, goods_status: "refundWaitBuyerReceive" };
    market.refund(&ask).await?;
    match market.status(bought.order).await?.as_str() {
        "success" => Ok(bought.order),
        other => Err(format!("order {} is {other} at the end of its life", bought.order)),
    }
}

fn two(bought: &Bought) -> Result<[(i64, i64); 2], String> {
    bought.lines.as_slice().try_into().map_err(|_| format!("order {} has not two lines", bought.order))
}

async fn ship(market: &mut dyn Market, order: i64) -> Result<(), String> {
    market.control(&format!("orders/{order}/ship"), json!({})).await.map(drop)
}

/// Where an open order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    WaitsForPayment,
    Shipped,
    RefundWaitsForSeller,
}

impl Open {
    /// Two of five wait for payment, two were shipped, of one a refund waits for the seller.
    pub fn of(number: usize) -> Self {
        match number % 5 {
            0 | 1 => Self::WaitsForPayment,
            2 | 3 => Self::Shipped,
            _ => Self::RefundWaitsForSeller,
        }
    }
}

pub async fn half(market: &mut dyn Market, open: Open) -> Result<i64, String> {
    let goods = if open == Open::RefundWaitsForSeller { &SILENT } else { &WILLING[..1] };
    let bought = market.create(goods).await?;
    if open == Open::WaitsForPayment {
        return Ok(bought.order);
    }
    market.pay(&bought).await?;
    if open == Open::Shipped {
        ship(market, bought.order).await?;
    } else {
        let line = bought.lines.first().ok_or("an order without lines")?;
        market.refund(&Ask { order: bought.order, line, goods_status: "refundWaitSellerSend" }).await?;
    }
    Ok(bought.order)
}
