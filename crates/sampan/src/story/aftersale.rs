//! Refunds and returns.

use super::{
    buying::{order, pay_order},
    tale::{Bought, Tale, Trouble, expect, text},
};
use serde_json::{Value, json};

/// Its seller never answers.
const SILENT: i64 = 705_007_377_547;
const VOUCHER: &[u8] = include_bytes!("../../assets/voucher.jpg");
const DAY_S: i64 = 24 * 3600;

pub async fn reasons(tale: &mut Tale) -> Result<String, Trouble> {
    let Bought { order, entries, .. } = tale.facts.first.clone();
    let ask = json!({"orderId": order, "orderEntryIds": entries, "goodsStatus": "refundWaitSellerSend"});
    let list = tale.ask("/alibaba/refund/reason/list", ask).await?;
    let names: Vec<&str> =
        list["reasons"].as_array().into_iter().flatten().filter_map(|r| r["name"].as_str()).collect();
    expect("the reason 不想买了", names.contains(&"不想买了"))?;
    Ok(names.join(", "))
}

pub async fn voucher(tale: &mut Tale) -> Result<String, Trouble> {
    let uploaded = tale.upload("/alibaba/refund/voucher/upload", VOUCHER).await?;
    tale.facts.voucher = format!("{}/{}", text(&uploaded, "/imageDomain")?, text(&uploaded, "/imageRelativeUrl")?);
    Ok(tale.facts.voucher.clone())
}

pub async fn apply(tale: &mut Tale) -> Result<String, Trouble> {
    let mut bought = tale.facts.first.clone();
    let mut body = application(&bought, "refund", "refundWaitSellerSend");
    body["vouchers"] = json!([tale.facts.voucher]);
    bought.refund = open(tale, "apply", body).await?;
    let said = bought.refund.clone();
    tale.facts.first = bought;
    Ok(said)
}

pub async fn agreed(tale: &mut Tale) -> Result<String, Trouble> {
    let refund = tale.facts.first.refund.clone();
    let message = tale.hear_of_refund(&refund, "refundsuccess").await?;
    Ok(format!("message {} proved by {:?}", message.id, message.proved_by))
}

pub async fn succeeded(tale: &mut Tale) -> Result<String, Trouble> {
    let bought = tale.facts.first.clone();
    let detail = tale.ask("/alibaba/ka/refund/detail", json!({"refundId": bought.refund})).await?;
    let record = &detail["refundDetail"];
    expect("refundsuccess", record["status"] == "refundsuccess")?;
    expect("all of the money", record["refundPayment"] == bought.goods && record["refundCarriage"] == bought.freight)?;
    Ok(format!("refundsuccess, {} + {} fen", record["refundPayment"], record["refundCarriage"]))
}

pub async fn apply_return(tale: &mut Tale) -> Result<String, Trouble> {
    let mut bought = tale.facts.second.clone();
    let mut body = application(&bought, "returnRefund", "aftersaleBuyerReceived");
    body["applyCarriage"] = json!(0);
    body["applyReasonId"] = json!(20903);
    bought.refund = open(tale, "apply", body).await?;
    let said = bought.refund.clone();
    tale.facts.second = bought;
    Ok(said)
}

pub async fn return_agreed(tale: &mut Tale) -> Result<String, Trouble> {
    let refund = tale.facts.second.refund.clone();
    tale.hear_of_refund(&refund, "waitbuyersend").await?;
    let info = tale.ask("/alibaba/refund/info", json!({"refundId": refund})).await?;
    Ok(format!("send it to {}", text(&info, "/sellerReceiveAddress")?))
}

pub async fn send_back(tale: &mut Tale) -> Result<String, Trouble> {
    let companies = tale.get("/alibaba/logistics/company/list", json!({})).await?;
    let company = companies.as_array().into_iter().flatten().find(|c| c["companyNo"] == "ZTO");
    let company = company.ok_or_else(|| Trouble::new("no carrier ZTO"))?.clone();
    let body = json!({"refundId": tale.facts.second.refund, "logisticsCompanyNo": "ZTO", "freightBill": "3110044550034338", "description": "发货说明"});
    let sent = tale.write("return", "/alibaba/refund/goods/return", body).await?;
    expect("the parcel is declared", sent["success"] == true)?;
    Ok(format!("by {}", text(&company, "/companyName")?))
}

pub async fn returned(tale: &mut Tale) -> Result<String, Trouble> {
    let refund = tale.facts.second.refund.clone();
    tale.hear_of_refund(&refund, "refundsuccess").await?;
    let info = tale.ask("/alibaba/refund/info", json!({"refundId": refund})).await?;
    expect("refundsuccess", info["status"] == "refundsuccess")?;
    Ok(format!("{} fen came back", info["refundPayment"]))
}

pub async fn withdrawn(tale: &mut Tale) -> Result<String, Trouble> {
    let mut bought = silent_order(tale).await?;
    bought.refund = open(tale, "apply", application(&bought, "refund", "refundWaitSellerSend")).await?;
    let answer = tale.write("cancel", "/alibaba/ka/refund/cancel", json!({"refundId": bought.refund})).await?;
    tale.hear_of_refund(&bought.refund, "refundclose").await?;
    tale.facts.third = bought;
    Ok(answer.as_str().unwrap_or_default().to_owned())
}

pub async fn unanswered(tale: &mut Tale) -> Result<String, Trouble> {
    let mut bought = silent_order(tale).await?;
    bought.refund = open(tale, "apply", application(&bought, "refund", "refundWaitSellerSend")).await?;
    tale.hear_of_refund(&bought.refund, "waitselleragree").await?;
    let said = format!("{} waits for the seller", bought.refund);
    tale.facts.fourth = bought;
    Ok(said)
}

pub async fn timed_out(tale: &mut Tale) -> Result<String, Trouble> {
    tale.control("/sandbox/control/clock/advance", json!({"seconds": DAY_S})).await?;
    let refund = tale.facts.fourth.refund.clone();
    tale.hear_of_refund(&refund, "refundsuccess").await?;
    let info = tale.ask("/alibaba/refund/info", json!({"refundId": refund})).await?;
    expect("refundsuccess", info["status"] == "refundsuccess")?;
    Ok("the system agreed for the seller".to_owned())
}

async fn silent_order(tale: &mut Tale) -> Result<Bought, Trouble> {
    let product = tale.ask("/alibaba/product/detail/get", json!({"offerId": SILENT, "country": "en"})).await?;
    let spec = text(&product, "/productSkuInfos/0/specId")?.to_owned();
    let bought = order(tale, "create", json!([{"offerId": SILENT, "specId": spec, "quantity": 1}])).await?;
    pay_order(tale, "pay", bought.order).await?;
    Ok(bought)
}

fn application(bought: &Bought, request: &str, goods: &str) -> Value {
    json!({
        "orderId": bought.order,
        "orderEntryIds": bought.entries,
        "disputeRequest": request,
        "applyPayment": bought.goods,
        "applyCarriage": bought.freight,
        "applyReasonId": 20006,
        "description": "不想要了",
        "goodsStatus": goods,
    })
}

async fn open(tale: &mut Tale, key: &str, body: Value) -> Result<String, Trouble> {
    let opened = tale.write(key, "/alibaba/refund/detail/create", body).await?;
    Ok(text(&opened, "/refundId")?.to_owned())
}
