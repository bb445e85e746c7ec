//! Ids as text (`ids=string`, `X-Ids`): on any operation, in every place, and for repeats of a write.

use crate::{
    ask::Ask,
    persona::Persona,
    purchase::{create_body, goods, line},
    world::{World, on_each},
};
use serde_json::{Value, json};

const REFUND: &str = "TQ262615407388136042";

/// The same answer but for whole numbers that became their own digits; answers how many did.
fn changed(numbers: &Value, texts: &Value) -> usize {
    match (numbers, texts) {
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()), "{a:?} {b:?}");
            a.iter().map(|(name, value)| changed(value, &b[name])).sum()
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).map(|(a, b)| changed(a, b)).sum()
        }
        (Value::Number(number), Value::String(text)) => {
            assert_eq!(&number.to_string(), text);
            1
        }
        (Value::String(a), Value::String(b)) if a != b => {
            let inside = |text| serde_json::from_str(text).unwrap_or_else(|e| panic!("{a} became {b}: {e}"));
            changed(&inside(a), &inside(b))
        }
        (a, b) => {
            assert_eq!(a, b);
            0
        }
    }
}

/// No whole number that a double would bend, not even in JSON text of ours. What the marketplace wrote as text is its own.
fn is_exact(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().all(|(name, value)| name == "interceptItemListResult" || is_exact(value)),
        Value::Array(all) => all.iter().all(is_exact),
        Value::Number(number) => number.as_u64().is_none_or(|n| n <= 1 << 53),
        Value::String(text) => serde_json::from_str(text)
            .map_or(true, |inside: Value| inside.is_string() || inside.is_number() || is_exact(&inside)),
        Value::Null | Value::Bool(_) => true,
    }
}

async fn both(world: &World, persona: &Persona, path: &str, body: &Value) -> (Value, Value) {
    let numbers = world.post(persona, path, body.clone()).await.accepted();
    let texts = world.send(persona, Ask::post(path, body).header("x-ids", "string")).await.accepted();
    (numbers, texts)
}

#[tokio::test]
async fn ids_become_text_and_nothing_else_changes() {
    on_each(async |world| {
        let refund = json!({"refundId": REFUND});
        let order = json!({"webSite": "1688", "orderId": "3296622397215134260"});
        let asks = [
            ("/alibaba/ka/refund/detail", &refund),
            ("/alibaba/refund/info", &refund),
            ("/v2/alibaba/refund/info", &refund),
            ("/alibaba/order/detail", &order),
        ];
        for (path, body) in asks {
            let (numbers, texts) = both(world, &world.developer, path, body).await;
            assert!(changed(&numbers, &texts) > 0 || is_exact(&numbers), "{path}: {texts}");
            assert!(is_exact(&texts), "{path}: {texts}");
            let again = world.post(&world.developer, path, body.clone()).await.accepted();
            assert_eq!(again, numbers, "{path}: the form is of one answer only");
        }
    })
    .await;
}

#[tokio::test]
async fn the_query_asks_too_and_wins() {
    on_each(async |world| {
        let body = json!({"refundId": REFUND});
        let path = "/alibaba/ka/refund/detail";
        let texts = world.post(&world.developer, &format!("{path}?ids=string"), body.clone()).await.accepted();
        assert!(texts["refundDetail"]["orderId"].is_string(), "{texts}");
        let ask = Ask::post(&format!("{path}?ids=number"), &body).header("x-ids", "string");
        let numbers = world.send(&world.developer, ask).await.accepted();
        assert!(numbers["refundDetail"]["orderId"].is_number(), "{numbers}");
        // A GET has its own fields in the query, and they go on being checked.
        let rows =
            world.get(&world.developer, "/alibaba/logistics/company/list", &[("ids", "string")]).await.accepted();
        assert!(rows[0]["id"].is_string(), "{rows}");
        let trace = "/alibaba/order/logistics/trace";
        world.get(&world.developer, trace, &[("ids", "string")]).await.refused_for(40002, "orderId");
        world.get(&world.developer, trace, &[("orderId", "1"), ("ids", "x")]).await.refused_for(40003, "ids");
    })
    .await;
}

#[tokio::test]
async fn another_word_is_refused_and_changes_nothing() {
    on_each(async |world| {
        let body = json!({"refundId": REFUND});
        let path = "/alibaba/ka/refund/cancel";
        world.post(&world.developer, &format!("{path}?ids=text"), body.clone()).await.refused_for(40003, "ids");
        let ask = Ask::post(path, &body).header("x-ids", "yes");
        world.send(&world.developer, ask).await.refused_for(40003, "X-Ids");
        // Authority comes first.
        let ask = Ask::post(path, &body).header("x-ids", "yes").without("signature");
        world.send(&world.developer, ask).await.refused(40101);
    })
    .await;
}

#[tokio::test]
async fn a_repeat_of_a_write_has_the_form_that_it_asks_for() {
    on_each(async |world| {
        let spec = world.specs(goods::JEANS).await.remove(0);
        let body = create_body(json!([line(goods::JEANS, &spec, 1)]));
        for (number, first) in ["string", "number"].into_iter().enumerate() {
            let key = format!("ids-key-{number}");
            let mut body = body.clone();
            body["outOrderId"] = json!(format!("ids-{number}"));
            let ask = |form: &str| Ask::post("/alibaba/order/create", &body).key(&key).header("x-ids", form);
            let made = world.send(&world.developer, ask(first)).await.accepted();
            let texts = world.send(&world.developer, ask("string")).await;
            assert!(texts.replayed());
            let texts = texts.accepted();
            let numbers = world.send(&world.developer, ask("number")).await;
            assert!(numbers.replayed());
            let numbers = numbers.accepted();
            assert_eq!(made, if first == "string" { texts.clone() } else { numbers.clone() });
            changed(&numbers, &texts);
            assert!(is_exact(&texts), "{texts}");
        }
    })
    .await;
}
