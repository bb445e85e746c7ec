//! Whole lives of orders and refunds.

use super::kit::{Ask, World, buyer, cargo_of, entries, jpg, params};
use crate::{
    calls::{order, payment, refund},
    catalogue::Habit,
    economy::Failure,
};
use domain::{AccountId, Fen, OfferId};
use serde_json::json;

#[tokio::test]
async fn an_order_is_bought_returned_and_paid_back() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::ShipsAfterPayment, 2);
    let preview = world.preview(&cargo).await;
    let part = &preview["orderPreviewResuslt"][0];
    assert_eq!(part["status"], true, "{preview}");
    let id = world.order(&cargo, "life-1").await;
    let made = world.detail(id).await;
    assert_eq!(made["baseInfo"]["status"], "waitbuyerpay");
    let total = world.economy.order(id).unwrap().order.total();
    assert_eq!(part["sumPayment"], total.0, "the preview told what the order costs");

    assert_eq!(world.debit(id).await["result"]["result"]["paySuccess"], true);
    let shipped = world.detail(id).await;
    assert_eq!(shipped["baseInfo"]["status"], "waitbuyerreceive");
    assert_eq!(shipped["nativeLogistics"]["logisticsItems"].as_array().unwrap().len(), 1);
    assert_eq!(world.receive(id).await["result"], json!({"success": true, "errorCode": "", "errorInfo": ""}));
    assert_eq!(world.status(id), "success");

    let ask = Ask::all(&world.economy, id, "returnRefund", "aftersaleBuyerReceived");
    let refund = world.refund(&ask).await;
    let agreed = world.refund_detail(refund).await;
    assert_eq!(agreed["status"], "waitbuyersend");
    assert_eq!(agreed["disputeType"], 2);
    assert!(agreed["sellerReceiveAddress"].is_string() && agreed["sellerMobile"].is_string());
    assert_eq!(world.send_back(refund, "ZTO", "3110044550034338").await["result"]["success"], true);
    let done = world.refund_detail(refund).await;
    assert_eq!(done["status"], "refundsuccess");
    assert_eq!(
        (&done["goodsStatus"], &done["buyerSendGoods"], &done["disputeRequest"]),
        (&json!(3), &json!(true), &json!(3))
    );
    let types: Vec<i64> =
        done["refundOperationList"].as_array().unwrap().iter().map(|o| o["operateTypeInt"].as_i64().unwrap()).collect();
    assert_eq!(types, [8, 10, 19, 1], "newest first");
    assert_eq!(done["refundOperationList"][0]["beforeOperateStatus"], "waitsellerreceive");
    assert_eq!(done["refundOperationList"][0]["discription"], "卖家同意退货退款协议,退货退款成功");
    assert_eq!(done["refundOperationList"][1]["logisticsCompany"]["companyNo"], "ZTO");

    let ended = world.detail(id).await;
    assert_eq!(ended["baseInfo"]["status"], "success", "a refund after completion leaves success");
    assert_eq!(ended["baseInfo"]["refundStatusForAs"], "refundsuccess");
    assert_eq!(ended["productItems"][0]["refundIdForAs"], refund.to_string());
    assert_eq!(world.economy.order(id).unwrap().order.refunded, total);
    let balance = world.economy.accounts().into_iter().find(|a| a.id.get() == 3).unwrap().balance;
    assert_eq!(balance, Fen(100_000_000), "what the debit took has come back");
}

#[tokio::test]
async fn a_full_refund_before_shipment_ends_the_order_and_refills_the_shelf() {
    let world = World::new().await;
    let id = world.paid_order(Habit::AgreesAtOnce).await;
    let line = world.economy.order(id).unwrap().order.lines[0].clone();
    let before = world.economy.stock(line.offer_id, line.sku_id);
    let ask = Ask::all(&world.economy, id, "refund", "refundWaitSellerSend");
    let refund = world.refund(&ask).await;
    assert_eq!(world.refund_status(refund), "refundsuccess");
    assert_eq!(world.status(id), "terminated");
    assert_eq!(world.economy.stock(line.offer_id, line.sku_id), before + i64::from(line.quantity));
    let printed = world.refund_detail(refund).await;
    let ext = &printed["extInfo"];
    let whole = (ask.payment + ask.carriage).to_string();
    assert_eq!(
        (ext["EXmrf"].as_str(), ext["apply_init_refund_fee"].as_str()),
        (Some(whole.as_str()), Some(whole.as_str()))
    );
    for key in [
        "payMode",
        "workflowName",
        "opRole",
        "cbu_fst_rsn",
        "apply_reason_text",
        "goodFeeLimit",
        "carriageLimit",
        "bgmtc",
    ] {
        assert!(ext[key].is_string(), "{key}");
    }
    assert!(printed["gmtTimeOut"].is_string(), "a final state keeps the last deadline");
    assert!(world.topics(id).contains(&"ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES".to_owned()));
}

#[tokio::test]
async fn shipping_and_receiving_close_pending_refunds() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    let first = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    world.economy.ship(id, None).await.unwrap();
    assert_eq!(world.refund_status(first), "refundclose");
    let mut part = Ask::all(&world.economy, id, "refund", "refundWaitBuyerReceive");
    part.payment = 100;
    part.carriage = 0;
    let second = world.refund(&part).await;
    assert_ne!(first, second);
    assert_eq!(world.receive(id).await["result"]["success"], true);
    assert_eq!(world.refund_status(second), "refundclose");
    let actions: Vec<String> = world
        .economy
        .undelivered()
        .iter()
        .filter_map(|p| {
            serde_json::from_str::<serde_json::Value>(&p.body).unwrap()["data"]["refundAction"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(actions, ["BUYER_APPLY_REFUND", "SELLER_SEND_GOODS_CLOSE", "BUYER_APPLY_REFUND", "BUYER_RECEIVE_CLOSE"]);
}

#[tokio::test]
async fn the_same_own_number_gives_the_same_order() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::AgreesAtOnce, 2);
    let first = world.create(&cargo, "twice").await;
    assert_eq!(world.create(&cargo, "twice").await, first);
    assert_ne!(world.create(&cargo, "other").await["result"]["orderId"], first["result"]["orderId"]);
    let filter = params(&[("outOrderId", "twice".to_owned())]);
    let listed = order::get_buyer_order_list(&world.economy, &buyer(), &filter).await.unwrap();
    assert_eq!(listed["totalRecord"], 1, "{listed}");
    assert_eq!(listed["result"][0]["baseInfo"]["idOfStr"], first["result"]["orderId"]);
}

#[tokio::test]
async fn everything_acknowledged_is_there_after_a_restart() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    let refund = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    let path = world.upload(jpg()).await["result"]["result"]["imageRelativeUrl"].as_str().unwrap().to_owned();
    world.economy.advance(60).await.unwrap();
    let token = world.economy.accounts()[0].access[0].text.clone();
    let (order_before, refund_before, topics) =
        (world.detail(id).await, world.refund_detail(refund).await, world.topics(id));
    let line = world.economy.order(id).unwrap().order.lines[0].clone();
    let stock = world.economy.stock(line.offer_id, line.sku_id);

    let world = world.restart().await;
    assert_eq!(world.detail(id).await, order_before);
    assert_eq!(world.refund_detail(refund).await, refund_before);
    assert_eq!(world.topics(id), topics);
    assert_eq!(world.economy.offset_ms(), 60_000);
    assert_eq!(world.economy.stock(line.offer_id, line.sku_id), stock);
    assert_eq!(world.economy.account_of(&token), AccountId::new(1).ok());
    assert_eq!(world.economy.voucher(&path).await.unwrap(), jpg());
    assert_eq!(world.refund_status(refund), "waitselleragree");
    world.economy.advance(24 * 3600).await.unwrap();
    assert_eq!(world.refund_status(refund), "refundsuccess", "its deadline survived as well");
}

#[tokio::test]
async fn many_callers_at_once_lose_nothing() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::AgreesAtOnce, 1);
    let numbers: Vec<String> = (0..64).map(|i| format!("n{i}")).collect();
    let made = futures::future::join_all(numbers.iter().map(|n| world.create(&cargo, n))).await;
    let ids: std::collections::BTreeSet<String> =
        made.iter().map(|m| m["result"]["orderId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 64, "each number has its order");
    let world = world.restart().await;
    for id in ids {
        assert!(world.economy.order(id.parse().unwrap()).is_some(), "{id}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill_at_once() {
    let world = World::new().await;
    let id = world.order(&cargo_of(Habit::NeverAnswers, 2), "kill").await;
    assert_eq!(world.as_on_disk().await.status(id), "waitbuyerpay");
    world.economy.pay(id).await.unwrap();
    assert_eq!(world.as_on_disk().await.status(id), "waitsellersend");
    let refund = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    let after = world.as_on_disk().await;
    assert_eq!(after.refund_detail(refund).await, world.refund_detail(refund).await);
    assert_eq!(after.topics(id), world.topics(id));
    let again = after.create(&cargo_of(Habit::NeverAnswers, 2), "kill").await;
    assert_eq!(again["result"]["orderId"], id.to_string(), "no second order for the number");
}

#[tokio::test]
async fn a_part_shipped_order_is_received_in_parts() {
    let world = World::new().await;
    let id = world.paid_order(Habit::ShipsHalf).await;
    assert_eq!(world.status(id), "waitsellersend");
    assert!(world.topics(id).contains(&"ORDER_BUYER_VIEW_PART_PART_SENDGOODS".to_owned()));
    let lines = entries(&world.economy, id);
    let receive = |entry: i64| {
        let fields = [("orderId", id.to_string()), ("orderEntryIds", json!([entry]).to_string())];
        let economy = world.economy.clone();
        async move { super::kit::body(order::receivegoods_confirm(&economy, &buyer(), &params(&fields)).await) }
    };
    assert_eq!(receive(lines[1]).await["result"]["errorCode"], "ORDER_STATUS_ERROR", "not shipped yet");
    assert_eq!(receive(lines[0]).await["result"]["success"], true);
    world.economy.ship(id, None).await.unwrap();
    assert_eq!(receive(lines[1]).await["result"]["success"], true);
    assert_eq!(world.status(id), "success");
}

#[tokio::test]
async fn the_cashier_and_the_debit_say_who_cannot_pay() {
    let world = World::new().await;
    let waiting = world.order(&cargo_of(Habit::AgreesAtOnce, 1), "w").await;
    let paid = world.paid_order(Habit::NeverAnswers).await;
    let list = |ids: serde_json::Value| params(&[("orderIdList", ids.to_string())]);
    let link = payment::alipay_url_get(&world.economy, &buyer(), &list(json!([waiting, paid]))).await.unwrap();
    assert!(link["payUrl"].as_str().unwrap().contains(&waiting.to_string()), "{link}");
    assert_eq!(link["payFailureOrderList"], json!([paid]));
    let none = payment::alipay_url_get(&world.economy, &buyer(), &list(json!([paid]))).await.unwrap();
    assert_eq!((&none["success"], &none["errorCode"]), (&json!(false), &json!("ORDER_STATUS_ERROR")));

    let account = AccountId::new(3).unwrap();
    world.economy.set_agreement(account, false).await.unwrap();
    assert_eq!(world.debit(waiting).await["result"]["result"]["paySuccess"], false);
    world.economy.set_agreement(account, true).await.unwrap();
    world.economy.set_balance(account, Fen(1)).await.unwrap();
    assert_eq!(world.debit(waiting).await["result"]["result"]["paySuccess"], false);
    assert_eq!(world.status(waiting), "waitbuyerpay");
    assert_eq!(world.debit(paid).await["result"]["code"], "ORDER_STATUS_ERROR");
}

#[tokio::test]
async fn lists_of_refunds_find_them_all() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    let refund = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    let by_order = params(&[("orderId", id.to_string()), ("queryType", "1".to_owned())]);
    let open = refund::op_query_batch_refund(&world.economy, &buyer(), &by_order).await.unwrap();
    let row = &open["result"]["opOrderRefundModels"][0];
    assert_eq!((&row["refundId"], &row["isOnlyRefund"]), (&json!(refund.to_string()), &json!(true)), "{open}");
    let filter =
        params(&[("refundStatusSet", json!(["waitselleragree"]).to_string()), ("dipsuteType", "1".to_owned())]);
    let page = refund::query_order_refund_list(&world.economy, &buyer(), &filter).await.unwrap();
    assert_eq!(page["result"]["totalCount"], 1, "{page}");
    let steps = params(&[("refundId", refund.to_string()), ("pageNo", "1".to_owned()), ("pageSize", "20".to_owned())]);
    let steps = refund::op_query_order_refund_operation_list(&world.economy, &buyer(), &steps).await.unwrap();
    assert_eq!(steps["result"]["opOrderRefundOperationModels"][0]["operateTypeInt"], 1);
    let fee = json!({"goodsStatus": "refundWaitSellerSend", "orderId": id,
        "refundGoodsCountList": [{"id": entries(&world.economy, id)[0], "count": 1}]});
    let fee = params(&[("input", fee.to_string())]);
    let fee = refund::get_max_refund_fee(&world.economy, &buyer(), &fee).await.unwrap();
    let line = &world.economy.order(id).unwrap().order.lines[0];
    assert_eq!(fee["result"]["result"]["maxGoodsFee"], line.amount.0, "{fee}");
}

#[tokio::test]
async fn the_preview_of_the_contracts_example_has_its_amounts() {
    let world = World::new().await;
    let cargo =
        json!([{"offerId": 889_512_351_602_i64, "specId": "530ad00177264564503ec3b848650652", "quantity": 2.0}]);
    let part = world.preview(&cargo).await["orderPreviewResuslt"][0].take();
    assert_eq!((&part["sumCarriage"], &part["sumPayment"]), (&json!(600), &json!(6400)));
    let line = &part["cargoList"][0];
    assert_eq!(
        (&line["amount"], &line["finalUnitPrice"], &line["skuId"]),
        (&json!(58), &json!(29), &json!(5_736_673_805_656_i64))
    );
    assert_eq!(line["openOfferId"], "+vIWvlcT2JMpWVABRdm+WQ==");
    assert!(OfferId::new(889_512_351_602).is_ok());
}

#[tokio::test]
async fn what_could_not_be_written_is_undone_and_life_goes_on_when_it_can_be() {
    let world = World::new().await;
    let id = world.order(&cargo_of(Habit::NeverAnswers, 2), "first").await;
    // Whoever holds the file's one lock keeps every writer out.
    let other = rusqlite::Connection::open(world.dir.path().join("economy.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(world.economy.pay(id).await.err(), Some(Failure::Broken));
    assert_eq!(world.economy.pay(id).await.err(), Some(Failure::Broken), "it is still kept out");
    other.execute_batch("ROLLBACK").unwrap();
    let later = world.order(&cargo_of(Habit::NeverAnswers, 1), "later").await;
    assert_eq!(world.status(id), "waitbuyerpay", "a payment that nobody was told of is not there");
    world.economy.pay(id).await.unwrap();
    let after = world.as_on_disk().await;
    assert_eq!((after.status(id).as_str(), after.status(later).as_str()), ("waitsellersend", "waitbuyerpay"));
}
