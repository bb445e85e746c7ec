//! Learning the answers: one order is made, paid and refunded in a sandbox of its own, and what it said is written down.

use super::{
    Answers,
    template::{Ids, Template},
};
use crate::clock;
use alibaba1688::{Alibaba1688, AppSecret, Config};
use async_trait::async_trait;
use axum::body::Body;
use bytes::Bytes;
use connector::{
    Aftersale, Capabilities, Ordering, Payment, TokenSet, Tokens, Transport, ordering::CreateAsk, transport::in_process,
};
use domain::{
    AccountId, OfferId, SpecId,
    catalog::ProductQuery,
    order::Order,
    purchase::{CargoLine, Receiver},
    refund::{Application, DisputeRequest, GoodsStatus},
};
use http::Request;
use sandbox::{Sandbox, SandboxConfig};
use serde::Serialize;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tower::{ServiceExt, service_fn};

const APP: (&str, &str) = ("1688001", "learning");
/// A product whose seller never answers, so that a refund stays as it was asked for.
const OFFER: i64 = 705_007_377_547;
const LONGEST: usize = 8 << 20;

/// What a caller must know of the orders of the stub.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    pub offer_id: i64,
    pub spec_id: String,
    /// What the ids of an order's sub-orders lie above its own.
    pub lines: Vec<i64>,
    pub goods: i64,
    pub freight: i64,
    pub reason_id: i64,
}

type Heard = Arc<Mutex<HashMap<String, String>>>;

struct OneAccount(TokenSet);

#[async_trait]
impl Tokens for OneAccount {
    async fn load(&self, _account: AccountId) -> connector::Result<TokenSet> {
        Ok(self.0.clone())
    }

    async fn save(&self, _account: AccountId, _tokens: TokenSet) -> connector::Result<()> {
        Ok(())
    }
}

/// Learns in a sandbox under `folder`.
pub async fn learn(folder: &Path) -> Result<(Answers, Facts), String> {
    let sandbox = open(folder).await?;
    let heard = Heard::default();
    let account = AccountId::new(1).map_err(|e| e.to_string())?;
    let market = market(&sandbox, account, heard.clone())?;
    let lesson = lesson(&market, account, &heard).await;
    sandbox.close().await;
    lesson
}

async fn open(folder: &Path) -> Result<Arc<Sandbox>, String> {
    let config = SandboxConfig {
        dir: folder.to_owned(),
        app_key: APP.0.to_owned(),
        app_secret: APP.1.to_owned(),
        seed: 1688,
        wall: Arc::new(clock::wall),
    };
    Sandbox::open(config).await.map_err(|e| format!("the sandbox to learn from: {e}"))
}

fn market(sandbox: &Sandbox, account: AccountId, heard: Heard) -> Result<Capabilities, String> {
    let buyer = sandbox.accounts().pop().ok_or("the sandbox has no account")?;
    let tokens =
        TokenSet { access_token: buyer.access_token, refresh_token: buyer.refresh_token, expires_at: buyer.expires_at };
    let inner = in_process::<_, Body, _>(sandbox.protocol_service(), LONGEST);
    let config = Config {
        base_url: "http://sandbox.invalid".to_owned(),
        app_key: APP.0.to_owned(),
        app_secret: AppSecret::new(APP.1),
        site: "1688".to_owned(),
        catalog_account: Some(account),
    };
    let connector =
        Alibaba1688::new(config, listening(inner, heard), Arc::new(OneAccount(tokens)), Arc::new(clock::wall));
    Ok(Arc::new(connector).capabilities())
}

/// Writes down the last answer of each call.
fn listening(inner: Transport, heard: Heard) -> Transport {
    Transport::new(service_fn(move |request: Request<Bytes>| {
        let (inner, heard) = (inner.clone(), heard.clone());
        async move {
            let call = super::call(request.uri().path()).to_owned();
            let answer = inner.oneshot(request).await?;
            let text = String::from_utf8_lossy(answer.body()).into_owned();
            heard.lock().unwrap_or_else(PoisonError::into_inner).insert(call, text);
            Ok(answer)
        }
    }))
}

async fn lesson(market: &Capabilities, account: AccountId, heard: &Heard) -> Result<(Answers, Facts), String> {
    let said = |call: &str| -> Result<String, String> {
        let heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.get(call).cloned().ok_or_else(|| format!("the sandbox was never asked {call}"))
    };
    let part = |what: &str| format!("the connector has no {what}");
    let ordering = market.ordering.as_deref().ok_or_else(|| part("ordering"))?;
    let payment = market.payment.as_deref().ok_or_else(|| part("payment"))?;
    let aftersale = market.aftersale.as_deref().ok_or_else(|| part("after-sales"))?;
    let spec_id = spec(market).await?;

    let order = buy(ordering, account, &spec_id).await?;
    let ids = Ids { order: order.id.get(), entries: order.lines.iter().map(|l| l.id.get()).collect(), refund: None };
    let create = Template::new(&said("alibaba.trade.createCrossOrder")?, &ids);
    let unpaid = Template::new(&said("alibaba.trade.get.buyerView")?, &ids);
    pay(payment, ordering, account, &order).await?;
    let paid = Template::new(&said("alibaba.trade.get.buyerView")?, &ids);
    aftersale.refunds_of(account, order.id).await.map_err(|e| e.to_string())?;
    let no_refunds = Template::new(&said("alibaba.trade.refund.buyer.queryOrderRefundList")?, &ids);
    let (refund, reason_id) = refund(aftersale, account, &order).await?;
    let reasons = Template::new(&said("alibaba.trade.getRefundReasonList")?, &ids);
    let ids = Ids { refund: Some(refund), ..ids };
    let apply = Template::new(&said("alibaba.trade.createRefund")?, &ids);
    let refund = Template::new(&said("alibaba.trade.refund.OpQueryOrderRefund")?, &ids);
    let goods = order.lines.iter().map(|l| l.amount.0).sum();
    let facts =
        Facts { offer_id: OFFER, spec_id, lines: ids.offsets(), goods, freight: order.shipping_fee.0, reason_id };
    Ok((Answers { create, unpaid, paid, reasons, no_refunds, apply, refund }, facts))
}

async fn spec(market: &Capabilities) -> Result<String, String> {
    let catalog = market.catalog.as_deref().ok_or("the connector has no catalogue")?;
    let offer = OfferId::new(OFFER).map_err(|e| e.to_string())?;
    let query = ProductQuery { offer, language: "en".to_owned(), out_member_id: None };
    let product = catalog.product(&query).await.map_err(|e| e.to_string())?;
    let product: serde_json::Value = serde_json::from_str(product.as_str()).map_err(|e| e.to_string())?;
    let spec = product.pointer("/productSkuInfos/0/specId").and_then(serde_json::Value::as_str);
    spec.map(str::to_owned).ok_or_else(|| "the product has no SKU".to_owned())
}

async fn buy(ordering: &dyn Ordering, account: AccountId, spec: &str) -> Result<Order, String> {
    let line = CargoLine {
        offer_id: OfferId::new(OFFER).map_err(|e| e.to_string())?,
        spec_id: Some(SpecId::parse(spec).map_err(|_| "the SKU's spec is not an id")?),
        quantity: 1,
    };
    let ask = CreateAsk {
        own_number: "learning".to_owned(),
        lines: vec![line],
        receiver: receiver(),
        flow: "general".to_owned(),
        message: None,
        trade_type: None,
        promotion_id: None,
    };
    let made = ordering.create(account, &ask).await.map_err(|e| e.to_string())?;
    let id = made.first().copied().ok_or("the sandbox made no order")?;
    Ok(ordering.order(account, id).await.map_err(|e| e.to_string())?.core)
}

fn receiver() -> Receiver {
    Receiver {
        full_name: "王小明".to_owned(),
        mobile: "13800000000".to_owned(),
        province: "广东省".to_owned(),
        city: "广州市".to_owned(),
        area: "白云区".to_owned(),
        address: "太和镇物流园 8 号".to_owned(),
        ..Receiver::default()
    }
}

async fn pay(payment: &dyn Payment, ordering: &dyn Ordering, account: AccountId, order: &Order) -> Result<(), String> {
    let paid = payment.debit(account, order.id).await.map_err(|e| e.to_string())?;
    let seen = ordering.order(account, order.id).await.map_err(|e| e.to_string())?;
    if paid && seen.core.was_paid() { Ok(()) } else { Err("the sandbox's order could not be paid".to_owned()) }
}

/// Number of the refund and of its reason.
async fn refund(aftersale: &dyn Aftersale, account: AccountId, order: &Order) -> Result<(i64, i64), String> {
    let entries: Vec<_> = order.lines.iter().map(|l| l.id).collect();
    let goods = GoodsStatus::WaitSellerSend;
    let reasons = aftersale.reasons(account, order.id, &entries, goods).await.map_err(|e| e.to_string())?;
    let reason =
        reasons.iter().find(|r| !r.need_voucher && !r.no_refund_carriage).ok_or("no reason without voucher")?;
    let ask = Application {
        order_id: order.id,
        entries,
        request: DisputeRequest::Refund,
        goods,
        payment: order.lines.iter().map(|l| l.amount).sum(),
        carriage: order.shipping_fee,
        reason_id: reason.id,
        description: "不想要了".to_owned(),
        vouchers: Vec::new(),
        counts: None,
    };
    let id = aftersale.apply(account, &ask).await.map_err(|e| e.to_string())?;
    aftersale.refund(account, id).await.map_err(|e| e.to_string())?;
    let digits = id.to_string().trim_start_matches("TQ").parse().map_err(|_| "a refund without number")?;
    Ok((digits, reason.id))
}
