//! Records as a test needs them: all fields filled, told apart by a number.

use domain::{AccountId, DeveloperId, Marketplace, MessageId, OrderId, RefundId, Timestamp, UserId};
use storage::{
    Changes, CommitError, What,
    records::{
        AccessKey, Account, Delivery, DeliveryState, Developer, Message, ObjectKind, Order, Refund, Standing, User,
    },
};

pub const AT: Timestamp = Timestamp(1_775_221_032_000);
pub const SHOP: Marketplace = Marketplace::Alibaba1688;

pub fn dev(n: i64) -> DeveloperId {
    DeveloperId::new(n).unwrap()
}

pub fn usr(n: i64) -> UserId {
    UserId::new(2_100_000_000_000 + n).unwrap()
}

pub fn ord(n: i64) -> OrderId {
    OrderId::new(3_296_622_397_216_134_000 + n).unwrap()
}

pub fn developer(n: i64) -> Developer {
    Developer {
        id: dev(n),
        name: format!("shop {n}"),
        editions: "v1,ka".into(),
        message_edition: "ka".into(),
        status: Standing::Active,
        default_user: usr(n),
        callback_url: Some("https://shop.example/hook".into()),
        callback_verified_at: None,
        callback_paused_at: None,
        settings: "{\"nonce\":\"contract\"}".into(),
        created_at: AT.plus_secs(n),
        version: 1,
    }
}

pub fn user(developer: i64, n: i64) -> User {
    User { developer_id: dev(developer), user_id: usr(n), name: "main".into(), status: Standing::Active }
}

pub fn access_key(developer: i64, key: &str) -> AccessKey {
    AccessKey {
        access_key: key.into(),
        developer_id: dev(developer),
        secret: storage::Secret::new(format!("secret of {key}")),
        created_at: AT,
        expires_at: None,
    }
}

pub fn account(n: i64) -> Account {
    Account {
        id: AccountId::new(n).unwrap(),
        marketplace: SHOP,
        login_id: format!("buyer{n}"),
        member_id: format!("b2b-{n}"),
        tokens: Some(storage::Secret::new("{\"access\":\"t\"}")),
        is_default: n == 1,
        version: 1,
    }
}

pub fn order(developer: i64, n: i64) -> Order {
    Order {
        developer_id: dev(developer),
        order_id: ord(n),
        user_id: usr(developer),
        marketplace: SHOP,
        account_id: AccountId::new(7).unwrap(),
        order_no: format!("20260420{n:05}"),
        out_order_id: Some(format!("mine-{n}")),
        own_number: Some(format!("sampan-{n}")),
        edition: "ka".into(),
        status: "waitsellersend".into(),
        pay_status: 6,
        refund_status: None,
        created_at: AT.plus_secs(n),
        modified_at: AT.plus_secs(n),
        names: format!("蓝色 t-shirt {n}"),
        core: "{\"id\":9007199254740993}".into(),
        document: "{\"raw\":\"\\u0000\"}".into(),
        rows: "[]".into(),
        address: "{}".into(),
        remarks: Some("{\"staffName\":\"李\"}".into()),
        observed_at: AT.plus_secs(n),
        sequence: 3,
        version: 1,
    }
}

pub fn refund(of: &Order, n: i64) -> Refund {
    Refund {
        developer_id: of.developer_id,
        refund_id: RefundId::new(n).unwrap(),
        user_id: of.user_id,
        order_id: of.order_id,
        status: "waitselleragree".into(),
        core: "{}".into(),
        document: "{}".into(),
        audit: "[]".into(),
        modified_at: AT,
        observed_at: AT.plus_secs(n),
        sequence: 1,
        version: 1,
    }
}

pub fn message(developer: i64, n: i64) -> Message {
    Message {
        developer_id: dev(developer),
        id: MessageId::new(n).unwrap(),
        object_kind: ObjectKind::Refund,
        object_id: 262_615_407_388_136_042,
        sequence: n,
        message_type: "ORDER_BUYER_VIEW_ORDER_REFUND".into(),
        platform: 1,
        edition: "v1".into(),
        body: "{\"refundId\":\"TQ1\"}".into(),
        event: "\"Refund\"".into(),
        request_id: Some("0123".into()),
        created_at: AT.plus_secs(n),
    }
}

/// A message whose delivery is due at `due_at`.
pub fn sent(developer: i64, n: i64, due_at: Timestamp) -> Changes {
    let message = message(developer, n);
    Changes::new().message(&message, &Delivery::queued(&message, DeliveryState::Pending, due_at))
}

#[track_caller]
pub fn conflict(outcome: Result<(), CommitError>) -> What {
    match outcome {
        Err(CommitError::Conflict(what)) => what,
        other => panic!("expected a conflict, got {other:?}"),
    }
}
