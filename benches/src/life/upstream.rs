//! The upstream's protocol alone: signed `param2` calls to the embedded marketplace, in this process and without sockets,
//! as the product calls it; its economy durable, its pushes taken and proved here.

use super::{
    inbox::Inbox,
    market::{Ask, Bought, Goods, Market, address, cargo, lines},
};
use crate::clock;
use alibaba1688::sign;
use async_trait::async_trait;
use axum::{Router, body::Body};
use form_urlencoded::Serializer;
use http::Request;
use http_body_util::BodyExt;
use sandbox::{PushTarget, Sandbox, SandboxConfig, SignedPush};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

const APP: (&str, &str) = ("1688001", "life");
const TRADE: &str = "com.alibaba.trade";

/// A marketplace with its push target.
pub struct World {
    sandbox: Arc<Sandbox>,
    router: Router,
    pub inbox: Arc<Inbox>,
    stop: CancellationToken,
}

impl World {
    pub async fn open(folder: &Path) -> Result<Self, String> {
        let config = SandboxConfig {
            dir: folder.to_owned(),
            app_key: APP.0.to_owned(),
            app_secret: APP.1.to_owned(),
            seed: 1688,
            wall: Arc::new(clock::wall),
        };
        let sandbox = Sandbox::open(config).await.map_err(|e| format!("the sandbox: {e}"))?;
        let inbox = Arc::<Inbox>::default();
        sandbox.set_push_target(Arc::new(Target(inbox.clone())));
        let stop = CancellationToken::new();
        drop(sandbox.start_tasks(stop.clone()));
        // Indexes are made beside the first calls; what is measured is the life after.
        while !sandbox.is_indexed() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let router = sandbox.protocol_service().merge(sandbox.control_router());
        Ok(Self { sandbox, router, inbox, stop })
    }

    pub fn buyer(&self) -> Result<Buyer, String> {
        let token = self.sandbox.accounts().pop().ok_or("the sandbox has no account")?.access_token;
        Ok(Buyer { router: self.router.clone(), token })
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.sandbox.close().await;
    }
}

struct Target(Arc<Inbox>);

#[async_trait]
impl PushTarget for Target {
    async fn post(&self, push: &SignedPush) -> Option<u16> {
        match read(push) {
            Some((id, order, kind)) if sign::verify_push(APP.1, &push.message, &push.signature) => {
                self.0.take(id, order, kind);
            }
            _ => self.0.refuse(push.message.clone()),
        }
        Some(200)
    }
}

/// Message id, order and what is told: the topic, and of refunds and parcels what they have come to.
fn read(push: &SignedPush) -> Option<(i64, i64, String)> {
    let message: Value = serde_json::from_str(&push.message).ok()?;
    let topic = message["type"].as_str()?;
    let data = &message["data"];
    let state = if topic.contains("REFUND") {
        data["currentStatus"].as_str()
    } else {
        data["OrderLogisticsTracingModel"]["statusChanged"].as_str()
    };
    let kind = state.map_or_else(|| topic.to_owned(), |state| format!("{topic}:{state}"));
    Some((message["msgId"].as_i64()?, message["bizKey"].as_str()?.parse().ok()?, kind))
}

pub struct Buyer {
    router: Router,
    token: String,
}

impl Buyer {
    async fn call(&self, api: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
        let path = format!("param2/1/{TRADE}/{api}/{}", APP.0);
        let mut fields = fields.to_vec();
        fields.push(("access_token", &self.token));
        let signature = sign::request(APP.1, &path, fields.iter().copied());
        let form =
            Serializer::new(String::new()).extend_pairs(fields).append_pair(sign::SIGNATURE, &signature).finish();
        let answer = self.post(&format!("/openapi/{path}"), "application/x-www-form-urlencoded", form).await?;
        Ok(answer)
    }

    async fn post(&self, path: &str, kind: &str, body: String) -> Result<Value, String> {
        let request = Request::post(path).header("content-type", kind).body(Body::from(body));
        let answer = self.router.clone().oneshot(request.map_err(|e| e.to_string())?).await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(|e| e.to_string())?.to_bytes();
        if !status.is_success() {
            return Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&body)));
        }
        serde_json::from_slice(&body).map_err(|e| format!("{path}: {e}"))
    }

    async fn trade(&self, order: i64) -> Result<Value, String> {
        let answer =
            self.call("alibaba.trade.get.buyerView", &[("webSite", "1688"), ("orderId", &order.to_string())]).await?;
        Ok(answer["result"].clone())
    }
}

fn demand(holds: bool, what: &str, answer: &Value) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("{what}: {answer}")) }
}

#[async_trait]
impl Market for Buyer {
    async fn preview(&mut self, goods: &[Goods]) -> Result<(), String> {
        let (address, cargo) = (address().to_string(), cargo(goods).to_string());
        let fields = [("addressParam", address.as_str()), ("cargoParamList", &cargo), ("flow", "general")];
        let answer = self.call("alibaba.createOrder.preview", &fields).await?;
        demand(answer["orderPreviewResuslt"][0]["sumPayment"].as_i64() > Some(0), "preview", &answer)
    }

    async fn create(&mut self, goods: &[Goods]) -> Result<Bought, String> {
        let (address, cargo) = (address().to_string(), cargo(goods).to_string());
        let number = hex::encode(clock::random());
        let fields = [
            ("addressParam", address.as_str()),
            ("cargoParamList", &cargo),
            ("flow", "general"),
            ("outOrderId", number.as_str()),
        ];
        let answer = self.call("alibaba.trade.createCrossOrder", &fields).await?;
        let order = answer["result"]["orderId"].as_str().and_then(|id| id.parse().ok());
        let order = order.ok_or_else(|| format!("create: {answer}"))?;
        let trade = self.trade(order).await?;
        Ok(Bought { order, lines: lines(&trade["productItems"]) })
    }

    async fn pay(&mut self, bought: &Bought) -> Result<(), String> {
        let param = json!({"orderId": bought.order}).to_string();
        let fields = [("tradeWithholdPreparePayParam", param.as_str())];
        let answer = self.call("alibaba.trade.pay.protocolPay.preparePay", &fields).await?;
        demand(answer["result"]["result"]["paySuccess"] == true, "pay", &answer)
    }

    async fn receive(&mut self, order: i64, line: i64) -> Result<(), String> {
        let (order, entries) = (order.to_string(), format!("[{line}]"));
        let fields = [("orderId", order.as_str()), ("orderEntryIds", entries.as_str())];
        let answer = self.call("trade.receivegoods.confirm", &fields).await?;
        demand(answer["result"]["success"] == true, "receive", &answer)
    }

    async fn refund(&mut self, ask: &Ask<'_>) -> Result<(), String> {
        let (entry, amount) = ask.line;
        let (order, entries, amount) = (ask.order.to_string(), format!("[{entry}]"), amount.to_string());
        let fields = [
            ("orderId", order.as_str()),
            ("orderEntryIds", &entries),
            ("disputeRequest", "refund"),
            ("applyPayment", &amount),
            ("applyCarriage", "0"),
            ("applyReasonId", "20006"),
            ("description", "不想要了"),
            ("goodsStatus", ask.goods_status),
        ];
        let answer = self.call("alibaba.trade.createRefund", &fields).await?;
        let made = answer.pointer("/result/result/refundId").is_some_and(Value::is_string);
        demand(made, "refund", &answer)
    }

    async fn status(&mut self, order: i64) -> Result<String, String> {
        let trade = self.trade(order).await?;
        trade["baseInfo"]["status"].as_str().map(str::to_owned).ok_or_else(|| format!("look: {trade}"))
    }

    async fn control(&mut self, path: &str, body: Value) -> Result<Value, String> {
        self.post(&format!("/sandbox/control/{path}"), "application/json", body.to_string()).await
    }
}
