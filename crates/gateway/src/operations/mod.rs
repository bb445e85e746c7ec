//! The handlers: each turns a checked request into a use case and its outcome into the view of its edition.
//!
//! An operation is added here with one line in the table of its topic.

mod aftersale;
mod asking;
mod care;
mod cart;
mod developer;
mod health;
mod ka_order;
mod marketing;
mod offering;
mod operator;
mod operator_pay;
mod order;
mod product;
mod quota;
mod request;

use crate::Routes;

/// Every operation with its handler.
pub(crate) fn routes() -> Routes {
    let routes = product::routes(Routes::default());
    let routes = marketing::routes(routes);
    let routes = order::routes(routes);
    let routes = cart::routes(routes);
    let routes = ka_order::routes(routes);
    let routes = aftersale::routes(routes);
    let routes = developer::routes(routes);
    let routes = offering::routes(routes);
    let routes = quota::routes(routes);
    let routes = request::routes(routes);
    let routes = operator::routes(routes);
    let routes = operator_pay::routes(routes);
    let routes = health::routes(routes);
    care::routes(routes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_contract_lists_is_served_and_nothing_else() {
        assert_eq!(super::routes().unserved(), Vec::<&str>::new());
        assert_eq!(super::routes().unlisted(), Vec::<&str>::new());
    }
}
