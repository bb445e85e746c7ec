//! Finding, ordering, paying, receiving.

use super::tale::{Bought, Tale, Trouble, expect, number, text};
use serde_json::{Value, json};

/// Agrees to refunds at once and never ships by itself.
const JEANS: i64 = 889_512_351_602;
/// Ships right after payment.
const TOTE_BAG: (i64, &str) = (743_470_146_022, "e61a85a671bb3d0301d0412b51641c6b");

fn address() -> Value {
    json!({"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省", "cityText": "广州市", "areaText": "白云区", "address": "太和镇物流园 8 号"})
}

pub async fn register_callback(tale: &mut Tale) -> Result<String, Trouble> {
    let url = tale.inbox.url.clone();
    tale.write("set", "/developer/callback/set", json!({ "url": url })).await?;
    let passed = tale.write("verify", "/developer/callback/verify", json!({})).await?;
    expect("the callback passes its verification", passed["passed"] == true)?;
    Ok(format!("{url} passed"))
}

pub async fn search(tale: &mut Tale) -> Result<String, Trouble> {
    let ask = json!({"keyword": "牛仔裤", "beginPage": 1, "pageSize": 10, "country": "en"});
    let page = tale.ask("/alibaba/product/keywords/query", ask).await?;
    let rows = page["data"].as_array().cloned().unwrap_or_default();
    let found = rows.iter().find(|row| row["offerId"] == JEANS);
    let found = found.ok_or_else(|| Trouble::new("the jeans are not among the results"))?;
    Ok(format!("{} found, among them: {}", page["totalRecords"], text(found, "/subjectTrans")?))
}

pub async fn product(tale: &mut Tale) -> Result<String, Trouble> {
    let product = tale.ask("/alibaba/product/detail/get", json!({"offerId": JEANS, "country": "en"})).await?;
    let skus = product["productSkuInfos"].as_array().cloned().unwrap_or_default();
    let specs: Vec<String> = skus
        .iter()
        .filter(|s| s["amountOnSale"].as_i64() > Some(1))
        .filter_map(|s| s["specId"].as_str().map(str::to_owned))
        .take(2)
        .collect();
    expect("two SKUs on sale", specs.len() == 2)?;
    tale.facts.specs = specs;
    Ok(format!("{} SKUs, {} yuan", skus.len(), text(&skus[0], "/price")?))
}

fn jeans(tale: &Tale) -> Value {
    tale.facts.specs.iter().map(|spec| json!({"offerId": JEANS, "specId": spec, "quantity": 1})).collect()
}

pub async fn preview(tale: &mut Tale) -> Result<String, Trouble> {
    let ask = json!({"addressParam": address(), "cargoParamList": jeans(tale)});
    let preview = tale.ask("/alibaba/order/create/preview", ask).await?;
    let total = number(&preview, "/orderPreviewResuslt/0/sumPayment")?;
    Ok(format!("{total} fen, freight {} of it", number(&preview, "/orderPreviewResuslt/0/sumCarriage")?))
}

pub async fn create(tale: &mut Tale) -> Result<String, Trouble> {
    let lines = jeans(tale);
    let bought = order(tale, "create", lines).await?;
    tale.hear_of_order("ORDER_BUYER_VIEW_BUYER_MAKE", bought.order).await?;
    let said = format!("order {}", bought.order);
    tale.facts.first = bought;
    Ok(said)
}

pub async fn pay(tale: &mut Tale) -> Result<String, Trouble> {
    let order = tale.facts.first.order;
    pay_order(tale, "pay", order).await?;
    Ok("debited without a password; the callback arrived".to_owned())
}

pub async fn not_shipped(tale: &mut Tale) -> Result<String, Trouble> {
    let ask = json!({"webSite": "1688", "orderId": tale.facts.first.order.to_string()});
    let order = tale.ask("/alibaba/order/detail", ask).await?;
    expect("waitsellersend", order["baseInfo"]["status"] == "waitsellersend")?;
    Ok("waitsellersend".to_owned())
}

pub async fn second_order(tale: &mut Tale) -> Result<String, Trouble> {
    let (offer, spec) = TOTE_BAG;
    let bought = order(tale, "create", json!([{"offerId": offer, "specId": spec, "quantity": 2}])).await?;
    pay_order(tale, "pay", bought.order).await?;
    let said = format!("order {} paid", bought.order);
    tale.facts.second = bought;
    Ok(said)
}

pub async fn receive(tale: &mut Tale) -> Result<String, Trouble> {
    let Bought { order, entries, .. } = tale.facts.second.clone();
    tale.hear_of_order("ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS", order).await?;
    let received = tale
        .write("receive", "/alibaba/order/receivegoods", json!({"orderId": order, "orderEntryIds": entries}))
        .await?;
    expect("receipt is confirmed", received["success"] == true)?;
    tale.hear_of_order("ORDER_BUYER_VIEW_ORDER_SUCCESS", order).await?;
    Ok("shipped, received, complete; a callback each time".to_owned())
}

/// Creates an order.
pub(super) async fn order(tale: &mut Tale, key: &str, lines: Value) -> Result<Bought, Trouble> {
    let body = json!({"flow": "general", "addressParam": address(), "cargoParamList": lines});
    let created = tale.write(key, "/alibaba/order/create", body).await?;
    let items = created.pointer("/0/productItems").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(Bought {
        order: number(&created, "/0/baseInfo/id")?,
        entries: items.iter().filter_map(|item| item["subItemID"].as_i64()).collect(),
        goods: items.iter().filter_map(|item| fen(&item["itemAmount"])).sum(),
        freight: fen(&created[0]["baseInfo"]["shippingFee"]).unwrap_or_default(),
        refund: String::new(),
    })
}

/// Pays an order and hears of it.
pub(super) async fn pay_order(tale: &mut Tale, key: &str, order: i64) -> Result<(), Trouble> {
    let paid = tale.write_get(key, "/alibaba/order/pay/url", json!({"orderId": order.to_string()})).await?;
    expect("the debit goes through", paid["protocolPaySuccess"] == true)?;
    tale.hear_of_order("ORDER_BUYER_VIEW_ORDER_PAY", order).await?;
    Ok(())
}

/// Yuan as a number of the wire, in fen.
fn fen(yuan: &Value) -> Option<i64> {
    domain::Fen::from_yuan(&yuan.to_string()).map(|fen| fen.0)
}
