//! What a marketplace must be made to do so that its connector can be tried.

use async_trait::async_trait;
use domain::{
    AccountId, Fen, OfferId, OrderId, RefundId, Timestamp,
    purchase::{CargoLine, Receiver},
};

/// How a seller behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seller {
    /// Agrees to every refund at once; ships when told to.
    Obliging,
    /// As the obliging one, and ships everything when it is paid.
    Shipping,
    /// Refuses refunds with a reason.
    Refusing,
    /// Never answers.
    Silent,
    /// Has sold out between a preview and the create that follows it.
    SellingOut,
}

/// A word of a search with what it finds.
pub struct Known {
    pub keyword: &'static str,
    /// Of several products.
    pub offer: OfferId,
}

/// A push as it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub content_type: String,
    pub body: Vec<u8>,
}

#[async_trait]
pub trait Stage: Send + Sync {
    /// Who buys.
    fn buyer(&self) -> AccountId;
    /// Another buyer, who owns nothing of it.
    fn stranger(&self) -> AccountId;
    /// Never authorised.
    fn unauthorised(&self) -> AccountId;

    fn receiver(&self) -> Receiver;
    fn known(&self) -> Known;
    /// Bytes of a picture, and the product that looks most like it.
    fn picture(&self) -> (Vec<u8>, OfferId);
    /// A pool of more than five offers.
    fn pool(&self) -> i64;
    /// So many lines of one seller, that may be bought together.
    fn cargo(&self, seller: Seller, lines: usize) -> Vec<CargoLine>;
    fn of_two_sellers(&self) -> Vec<CargoLine>;
    fn beyond_stock(&self) -> Vec<CargoLine>;
    fn below_minimum(&self) -> Vec<CargoLine>;
    fn unknown_offer(&self) -> OfferId;
    /// A way of buying that this buyer may not use.
    fn flow_not_granted(&self) -> &'static str;

    async fn pay(&self, order: OrderId);
    async fn ship(&self, order: OrderId);
    /// The seller agrees to a refund.
    async fn agree(&self, refund: RefundId);
    /// The seller says that the parcel came back.
    async fn take_back(&self, refund: RefundId);
    /// Moves the marketplace's time on.
    async fn pass(&self, seconds: i64);
    /// Whether debits without a password are agreed, and the money for them.
    async fn purse(&self, agreed: bool, money: Fen);

    /// Our clock.
    fn wall(&self) -> Timestamp;
    /// Every access token comes to its end; what renews them holds.
    async fn let_tokens_end(&self);
    /// Nothing gets through any more.
    fn cut_the_line(&self);
    /// What is sent next arrives, and its answer does not.
    fn lose_the_next_answer(&self);

    /// What was pushed about an order so far, once it is at least `count`.
    async fn pushed(&self, order: OrderId, count: usize) -> Vec<Posted>;
    /// From now on nothing is pushed any more; what would have been waits to be read back.
    async fn lose_pushes(&self);
    /// A push that is signed as theirs and concerns no object of ours.
    fn push_of_nothing(&self) -> Posted;
    /// What they would never sign: the same push with another content.
    fn touched(&self, push: &Posted) -> Posted;
}
