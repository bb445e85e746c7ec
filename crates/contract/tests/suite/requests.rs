//! What the schemas take: the published examples and the published schema.

use crate::sample::json;
use contract::{OPERATIONS, Operation, operations, request::RefundCreateBody};
use serde_json::{Value, json};

const CREATE_SCHEMA: &str = include_str!("../fixtures/v1_refund_create_request_schema.json");

#[test]
fn every_example_fits_its_schema() {
    for operation in OPERATIONS {
        let validator = jsonschema::validator_for(&operation.request_document()).unwrap();
        for example in operation.examples {
            let errors: Vec<String> = validator.iter_errors(&json(example)).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", operation.id);
        }
    }
}

fn reads<T: Operation>() {
    for example in T::EXAMPLES {
        let request: T::Request = serde_json::from_str(example).unwrap_or_else(|e| panic!("{}: {e}", T::ID));
        let again = serde_json::to_value(&request).unwrap();
        let validator = jsonschema::validator_for(&contract::Entry::of::<T>().request_document()).unwrap();
        assert!(validator.is_valid(&again), "{}: {again}", T::ID);
    }
}

#[test]
fn what_a_client_writes_is_what_we_take() {
    reads::<operations::v1_order::OrderCreate>();
    reads::<operations::v1_product::ProductSearch>();
    reads::<operations::v1_product::ProductImageSearch>();
    reads::<operations::v1_product::ProductStoreSearch>();
    reads::<operations::v2_product::V2ProductRelated>();
    reads::<operations::ka_product::KaFreightEstimate>();
    reads::<operations::ka_product::KaSellerChat>();
    reads::<operations::v1_aftersale::RefundCreate>();
    reads::<operations::v1_aftersale::RefundGoodsReturn>();
    reads::<operations::ka_order::KaOrderList>();
    reads::<operations::developer::MessageReplay>();
    reads::<operations::operator::DeveloperCreate>();
}

fn create_body() -> Value {
    json(operations::v1_aftersale::RefundCreate::EXAMPLES[0])
}

#[test]
fn the_published_refund_schema_takes_what_we_take() {
    let published = jsonschema::validator_for(&json(CREATE_SCHEMA)).unwrap();
    let entry = contract::Entry::of::<operations::v1_aftersale::RefundCreate>();
    let ours = jsonschema::validator_for(&entry.request_document()).unwrap();
    let with = |field: &str, value: Value| {
        let mut body = create_body();
        body[field] = value;
        body
    };
    let without = |field: &str| {
        let mut body = create_body();
        body.as_object_mut().unwrap().shift_remove(field);
        body
    };
    let mut bodies = vec![
        create_body(),
        with("vouchers", Value::Null),
        with("vouchers", json!(["https://x/y.jpg"])),
        with("vouchers", json!("https://x/y.jpg")),
        with("orderEntryCountList", Value::Null),
        with("orderEntryCountList", json!([{"id": null, "count": null}])),
        with("orderEntryCountList", json!([{}])),
        with("orderId", Value::Null),
        with("applyPayment", json!("1")),
        with("goodsStatus", json!(1)),
        with("unknown", json!({})),
    ];
    bodies.extend(create_body().as_object().unwrap().keys().map(|field| without(field)));
    for body in bodies {
        assert_eq!(ours.is_valid(&body), published.is_valid(&body), "{body}");
    }
}

#[test]
fn ids_are_taken_as_numbers_and_as_texts() {
    let mut body = create_body();
    body["orderId"] = json!("3296622397215134260");
    body["orderEntryIds"] = json!([3_296_622_397_216_134_260_i64, "3296622397217134260"]);
    body["orderEntryCountList"] = Value::Null;
    let ask = serde_json::from_value::<RefundCreateBody>(body).unwrap().application().unwrap();
    assert_eq!(ask.order_id.get(), 3_296_622_397_215_134_260);
    assert_eq!(ask.entries[1].get(), 3_296_622_397_217_134_260);
}
