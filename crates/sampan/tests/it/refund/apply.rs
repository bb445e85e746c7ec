//! Opening a refund: what may be asked when, and for how much.

use super::CREATES;
use crate::{
    claim::{application, before_shipment, with},
    purchase::{Bought, goods},
    world::{World, on_each},
};
use serde_json::{Value, json};

const GOODS: [&str; 5] = [
    "refundWaitSellerSend",
    "refundWaitBuyerReceive",
    "refundBuyerReceived",
    "aftersaleBuyerNotReceived",
    "aftersaleBuyerReceived",
];

/// Every pair of request and goods status that is not among `allowed` is 40901, and nothing is opened.
async fn allows_only(world: &World, bought: &Bought, allowed: &[(&str, &str)]) {
    for request in ["refund", "returnRefund"] {
        for goods in GOODS.into_iter().filter(|g| !allowed.contains(&(request, *g))) {
            for path in CREATES {
                world.post(&world.developer, path, application(bought, request, goods)).await.refused(40901);
            }
        }
    }
    for (request, goods) in allowed {
        let id = world.apply(&world.developer, application(bought, request, goods)).await;
        world
            .post(&world.developer, CREATES[1], application(bought, request, goods))
            .await
            .refused_for(40907, "orderEntryIds");
        world.ka(&world.developer, "refund/cancel", json!({"refundId": id})).await;
    }
}

#[tokio::test]
async fn what_may_be_asked_follows_the_state_of_the_sub_orders() {
    on_each(async |world| {
        let me = &world.developer;
        allows_only(world, &world.order(me, goods::SILENT, &[1]).await, &[]).await;
        let paid = world.paid_order(me, goods::SILENT, &[1]).await;
        allows_only(world, &paid, &[("refund", "refundWaitSellerSend")]).await;
        let shipped = world.shipped_order(me, goods::SILENT, &[1]).await;
        let in_sale = [
            ("refund", "refundWaitBuyerReceive"),
            ("refund", "refundBuyerReceived"),
            ("returnRefund", "refundBuyerReceived"),
        ];
        allows_only(world, &shipped, &in_sale).await;
        let done = world.received_order(me, goods::SILENT, &[1]).await;
        let after = [
            ("refund", "aftersaleBuyerNotReceived"),
            ("refund", "aftersaleBuyerReceived"),
            ("returnRefund", "aftersaleBuyerReceived"),
        ];
        allows_only(world, &done, &after).await;
    })
    .await;
}

#[tokio::test]
async fn sub_orders_in_different_states_are_not_asked_for_together() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::HALF, &[1, 1]).await;
        crate::world::until("half is shipped", async || {
            let detail = world.order_detail(me, bought.order).await;
            (detail["productItems"][0]["status"] == "waitbuyerreceive").then_some(())
        })
        .await;
        for goods in ["refundWaitSellerSend", "refundWaitBuyerReceive"] {
            world.post(me, CREATES[0], application(&bought, "refund", goods)).await.refused(40901);
        }
        // Each by itself may be.
        let one = |at: usize, goods: &str| {
            let part =
                Bought { entries: vec![bought.entries[at]], amounts: vec![bought.amounts[at]], freight: 0, ..bought };
            application(&part, "refund", goods)
        };
        world.apply(me, one(0, "refundWaitBuyerReceive")).await;
        world.apply(me, one(1, "refundWaitSellerSend")).await;
    })
    .await;
}

#[tokio::test]
async fn before_shipment_the_whole_goods_amount_and_nothing_else() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[2]).await;
        let (goods, freight) = (bought.goods(), bought.freight);
        assert!(freight > 0, "the seller asks for freight");
        for (payment, carriage, field) in [
            (goods - 1, 0, "applyPayment"),
            (goods + 1, 0, "applyPayment"),
            (0, freight, "applyPayment"),
            (-goods, 0, "applyPayment"),
            (i64::MAX, 0, "applyPayment"),
            (goods, freight + 1, "applyCarriage"),
            (goods, -1, "applyCarriage"),
            (goods, i64::MAX, "applyCarriage"),
        ] {
            let body = with(&before_shipment(&bought), json!({"applyPayment": payment, "applyCarriage": carriage}));
            world.post(me, CREATES[0], body).await.refused_for(40005, field);
        }
        let id = world.apply(me, with(&before_shipment(&bought), json!({"applyCarriage": freight - 1}))).await;
        let refund = world.refund(me, &id).await;
        assert_eq!((&refund["applyPayment"], &refund["applyCarriage"]), (&json!(goods), &json!(freight - 1)));
        assert_eq!((&refund["canRefundPayment"], &refund["refundPayment"]), (&json!(goods), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn after_shipment_a_part_may_be_asked_and_some_reasons_refund_no_freight() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.received_order(me, goods::SILENT, &[2]).await;
        let body = application(&bought, "refund", "aftersaleBuyerReceived");
        let money =
            |payment: i64, carriage: i64| with(&body, json!({"applyPayment": payment, "applyCarriage": carriage}));
        world.post(me, CREATES[0], money(0, 0)).await.refused_for(40005, "applyPayment");
        world.post(me, CREATES[0], money(bought.goods() + 1, 0)).await.refused_for(40005, "applyPayment");
        world.post(me, CREATES[0], money(1, bought.freight + 1)).await.refused_for(40005, "applyCarriage");
        let seven_days = with(&money(1, 1), json!({"applyReasonId": 20903}));
        world.post(me, CREATES[0], seven_days.clone()).await.refused_for(40005, "applyCarriage");
        let id = world.apply(me, with(&seven_days, json!({"applyCarriage": 0}))).await;
        world.ka(me, "refund/cancel", json!({"refundId": id})).await;
        world.apply(me, money(0, 1)).await;
    })
    .await;
}

#[tokio::test]
async fn a_refund_is_told_field_by_field() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1, 1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        let digits = id.strip_prefix("TQ").expect("TQ and digits");
        assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{id}");
        let info = world.refund_info(me, &id).await;
        let user = me.user_id.clone().unwrap();
        for (name, value) in [
            ("id", json!(digits.parse::<i64>().unwrap())),
            ("status", json!("waitselleragree")),
            ("orderId", json!(bought.order)),
            ("disputeRequest", json!(1)),
            ("disputeType", json!(1)),
            ("goodsStatus", json!(1)),
            ("onlyRefund", json!(true)),
            ("refundGoods", json!(false)),
            ("goodsReceived", json!(false)),
            ("applyReasonId", json!(20028)),
            ("createBy", json!(user)),
            ("createById", json!(user.parse::<i64>().unwrap())),
            ("updateBy", json!(user)),
            ("remark", Value::Null),
            ("tradeTypeStr", json!("50060")),
            ("frozenFund", json!(-1)),
        ] {
            assert_eq!(info[name], value, "{name}");
        }
        assert_eq!(serde_json::from_str::<Value>(info["orderEntryIdList"].as_str().unwrap()).unwrap(), json!(bought.entries));
        let at = |name: &str| domain::Timestamp::from_text(info[name].as_str().unwrap()).unwrap().0;
        assert_eq!(at("gmtTimeOut") - at("gmtApply"), 86_400_000, "24 hours before shipment");

        let steps: Value = serde_json::from_str(info["refundOperationList"].as_str().unwrap()).unwrap();
        let step = &steps[0];
        assert_eq!(steps.as_array().map(Vec::len), Some(1));
        assert_eq!((&step["operateTypeInt"], &step["operatorRoleId"]), (&json!(1), &json!(1)));
        assert_eq!(step["operateRemark"], "买家申请退款协议,等待卖家确认");
        let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
        let text = format!(
            "退款诉求:退款|申请原因:不想买了，已与卖家协商一致|货品情况:未发货|退款货品金额:{}|退款运费金额:{}|退款说明:不想要了",
            yuan(bought.goods()),
            yuan(bought.freight)
        );
        assert_eq!(step["discription"], text);

        let refund = world.refund(me, &id).await;
        assert!(refund["gmtApply"].as_str().unwrap().ends_with("+08:00"), "{refund}");
        let map = &refund["extInfo"];
        let ext: Value = map.as_str().map_or_else(|| map.clone(), |text| serde_json::from_str(text).unwrap());
        let whole = (bought.goods() + bought.freight).to_string();
        for (name, value) in [("apply_init_refund_fee", whole.as_str()), ("EXmrf", &whole), ("workflowName", "cbu_refund"), ("cbu_fst_rsn", "20028")] {
            assert_eq!(ext[name], value, "{name}");
        }
        for name in ["payMode", "opRole", "apply_reason_text", "goodFeeLimit", "carriageLimit", "bgmtc", "tod"] {
            assert!(ext[name].is_string(), "{name} in {ext}");
        }
    })
    .await;
}
