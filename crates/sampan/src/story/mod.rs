//! The main story, told through the public HTTP API with real signatures: buy on 1688, change your mind, get the refund,
//! hear about it.
//!
//! A step can be told again after it was interrupted: its writes carry an `Idempotency-Key` of the step, so the second
//! telling finds what the first one did. `sampan demo` tells it once; the crash test tells it with the server killed in
//! the middle of each step.

mod aftersale;
mod buying;
mod inbox;
mod tale;

pub use inbox::Inbox;
pub use tale::{Exchange, Tale, Trouble};

use futures::future::BoxFuture;

/// One step of the story.
pub struct Step {
    pub name: &'static str,
    run: for<'a> fn(&'a mut Tale) -> BoxFuture<'a, Result<String, Trouble>>,
}

impl Step {
    /// Tells the step; the text says what came of it.
    pub async fn tell(&self, tale: &mut Tale) -> Result<String, Trouble> {
        tale.begin(self.name);
        (self.run)(tale).await
    }
}

macro_rules! steps {
    ($($name:literal => $run:path),* $(,)?) => {
        /// The steps, in order.
        pub const STEPS: &[Step] = &[$(Step { name: $name, run: |tale| Box::pin($run(tale)) }),*];
    };
}

steps! {
    "register a callback and let it be verified" => buying::register_callback,
    "search a product by keyword" => buying::search,
    "read the product" => buying::product,
    "preview an order of two SKUs" => buying::preview,
    "create the order" => buying::create,
    "pay" => buying::pay,
    "the seller has not shipped" => buying::not_shipped,
    "ask which reasons may be given" => aftersale::reasons,
    "upload a voucher" => aftersale::voucher,
    "create a refund" => aftersale::apply,
    "the seller agrees; the callback arrives" => aftersale::agreed,
    "the refund shows refundsuccess" => aftersale::succeeded,
    "a second order: create and pay" => buying::second_order,
    "it ships, and is received" => buying::receive,
    "ask to return it" => aftersale::apply_return,
    "the seller agrees to the return" => aftersale::return_agreed,
    "send the goods back" => aftersale::send_back,
    "the seller receives them; the money comes back" => aftersale::returned,
    "a third order, and a refund that is withdrawn" => aftersale::withdrawn,
    "a fourth refund that nobody answers" => aftersale::unanswered,
    "24 hours pass; the timeout acts" => aftersale::timed_out,
}
