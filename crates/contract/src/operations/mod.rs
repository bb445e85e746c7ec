//! The operations, a file for each edition and topic, and the one table of them.
//!
//! Names of types are unique over all files, so that a handler or a client can name an operation without its edition.

pub mod bigmajor_order;
pub mod bigmajor_product;
pub mod care;
pub mod developer;
pub mod ka_aftersale;
pub mod ka_order;
pub mod ka_product;
pub mod operator;
pub mod operator_pay;
pub mod operator_set;
mod product_examples;
pub mod v1_aftersale;
pub mod v1_cart;
pub mod v1_marketing;
pub mod v1_order;
pub mod v1_product;
pub mod v2_aftersale;
pub mod v2_cart;
pub mod v2_marketing;
pub mod v2_order;
pub mod v2_product;

use crate::operation::Entry;

/// Writes down one operation.
macro_rules! operation {
    (@writes writes) => { true };
    (@writes reads) => { false };
    (
        $(#[$doc:meta])*
        $name:ident = $id:literal, $method:ident $path:literal, $edition:ident, $group:literal, $title:literal, $writes:ident;
        request $request:ty, answer $answer:ty;
        errors [$($error:ident),*];
        examples [$($example:expr),*];
        query [$($query:expr),*];
        body $content:ident, $limit:ident;
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $crate::operation::Operation for $name {
            const ID: &'static str = $id;
            const METHOD: $crate::operation::Method = $crate::operation::Method::$method;
            const PATH: &'static str = $path;
            const EDITION: $crate::operation::Edition = $crate::operation::Edition::$edition;
            const GROUP: &'static str = $group;
            const TITLE: &'static str = $title;
            const WRITES: bool = $crate::operations::operation!(@writes $writes);
            const CONTENT: $crate::operation::Content = $crate::operation::Content::$content;
            const BODY_LIMIT: usize = $crate::operation::$limit;
            const ERRORS: &'static [$crate::error::Code] = &[$($crate::error::Code::$error),*];
            const QUERY: &'static [$crate::operation::QueryField] = &[$($query),*];
            const EXAMPLES: &'static [&'static str] = &[$($example),*];

            type Request = $request;
            type Answer = $answer;
        }
    };
}
use operation;

/// Writes down an operation that is another one under the path of its own edition.
macro_rules! twin {
    ($(#[$doc:meta])* $name:ident of $base:ty = $id:literal, $path:literal, $edition:ident, $group:literal;) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $crate::operation::Operation for $name {
            const ID: &'static str = $id;
            const METHOD: $crate::operation::Method = <$base as $crate::operation::Operation>::METHOD;
            const PATH: &'static str = $path;
            const EDITION: $crate::operation::Edition = $crate::operation::Edition::$edition;
            const GROUP: &'static str = $group;
            const TITLE: &'static str = <$base as $crate::operation::Operation>::TITLE;
            const WRITES: bool = <$base as $crate::operation::Operation>::WRITES;
            const CONTENT: $crate::operation::Content = <$base as $crate::operation::Operation>::CONTENT;
            const BODY_LIMIT: usize = <$base as $crate::operation::Operation>::BODY_LIMIT;
            const ERRORS: &'static [$crate::error::Code] = <$base as $crate::operation::Operation>::ERRORS;
            const QUERY: &'static [$crate::operation::QueryField] = <$base as $crate::operation::Operation>::QUERY;
            const EXAMPLES: &'static [&'static str] = <$base as $crate::operation::Operation>::EXAMPLES;

            type Request = <$base as $crate::operation::Operation>::Request;
            type Answer = <$base as $crate::operation::Operation>::Answer;
        }
    };
}
use twin;

/// Writes down an operation that asks the marketplace and changes nothing: a POST whose request is its body.
macro_rules! asks {
    (
        $(#[$doc:meta])*
        $name:ident = $id:literal, $path:literal, $edition:ident, $group:literal, $title:literal;
        $request:ty => $answer:ty;
        errors [$($error:ident),*];
        examples [$($example:expr),*];
        $limit:ident;
    ) => {
        $crate::operations::operation! {
            $(#[$doc])*
            $name = $id, Post $path, $edition, $group, $title, reads;
            request $request, answer $answer;
            errors [
                $($error,)* CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized,
                UpstreamTimeout
            ];
            examples [$($example),*];
            query [];
            body Json, $limit;
        }
    };
}
use asks;

/// Every operation. Router, documents, body checks and the command line read this.
pub static OPERATIONS: &[Entry] = &[
    Entry::of::<v1_product::ProductSearch>(),
    Entry::of::<v1_product::ProductGet>(),
    Entry::of::<v1_product::ProductImageSearch>(),
    Entry::of::<v1_product::ProductStoreSearch>(),
    Entry::of::<v1_product::CategoryGet>(),
    Entry::of::<v1_product::CategoryTreeGet>(),
    Entry::of::<v1_product::ProductRecommend>(),
    Entry::of::<v1_product::ProductRelated>(),
    Entry::of::<v1_product::SellerChat>(),
    Entry::of::<v1_marketing::GlobalSelection>(),
    Entry::of::<v1_marketing::Selection1688>(),
    Entry::of::<v1_marketing::HotList>(),
    Entry::of::<v2_product::V2ProductSearch>(),
    Entry::of::<v2_product::V2ProductGet>(),
    Entry::of::<v2_product::V2ProductImageSearch>(),
    Entry::of::<v2_product::V2ProductStoreSearch>(),
    Entry::of::<v2_product::V2CategoryGet>(),
    Entry::of::<v2_product::V2ProductRecommend>(),
    Entry::of::<v2_product::V2ProductRelated>(),
    Entry::of::<v2_product::V2SellerChat>(),
    Entry::of::<v2_marketing::V2GlobalSelection>(),
    Entry::of::<v2_marketing::V2Selection1688>(),
    Entry::of::<v2_marketing::V2HotList>(),
    Entry::of::<ka_product::KaProductSearch>(),
    Entry::of::<ka_product::KaProductGet>(),
    Entry::of::<ka_product::KaProductGetMulti>(),
    Entry::of::<ka_product::KaProductImageSearch>(),
    Entry::of::<ka_product::KaCategoryGet>(),
    Entry::of::<ka_product::KaFreightEstimate>(),
    Entry::of::<ka_product::KaPoolList>(),
    Entry::of::<ka_product::KaSellerChat>(),
    Entry::of::<bigmajor_product::BigMajorProductGet>(),
    Entry::of::<v1_order::OrderPreview>(),
    Entry::of::<v1_order::OrderCreate>(),
    Entry::of::<v1_order::OrderDetail>(),
    Entry::of::<v1_order::OrderPage>(),
    Entry::of::<v1_order::OrderPayUrl>(),
    Entry::of::<v1_order::OrderCancel>(),
    Entry::of::<v1_order::OrderReceiveGoods>(),
    Entry::of::<v1_order::OrderPreviewBatch>(),
    Entry::of::<v1_order::OrderCreateBatch>(),
    Entry::of::<v1_order::OrderSubmitToPay>(),
    Entry::of::<v1_order::OrderTrace>(),
    Entry::of::<v1_cart::CartList>(),
    Entry::of::<v1_cart::CartAdd>(),
    Entry::of::<v1_cart::CartDelete>(),
    Entry::of::<v1_cart::CartEditQuantity>(),
    Entry::of::<v1_cart::CartPreviewOrder>(),
    Entry::of::<v1_cart::CartCreateOrder>(),
    Entry::of::<ka_order::KaOrderPreviewCreate>(),
    Entry::of::<ka_order::KaOrderCreate>(),
    Entry::of::<ka_order::KaOrderPay>(),
    Entry::of::<ka_order::KaOrderList>(),
    Entry::of::<ka_order::KaOrderGet>(),
    Entry::of::<ka_order::KaOrderTrace>(),
    Entry::of::<v1_aftersale::RefundInfo>(),
    Entry::of::<v1_aftersale::RefundReasons>(),
    Entry::of::<v1_aftersale::RefundVoucherUpload>(),
    Entry::of::<v1_aftersale::RefundCreate>(),
    Entry::of::<v1_aftersale::RefundGoodsReturn>(),
    Entry::of::<v1_aftersale::LogisticsCompanies>(),
    Entry::of::<ka_aftersale::KaRefundGet>(),
    Entry::of::<ka_aftersale::KaRefundCancel>(),
    Entry::of::<ka_aftersale::KaRefundReasons>(),
    Entry::of::<ka_aftersale::KaRefundVoucherUpload>(),
    Entry::of::<ka_aftersale::KaRefundCreate>(),
    Entry::of::<ka_aftersale::KaRefundGoodsReturn>(),
    Entry::of::<ka_aftersale::KaLogisticsCompanies>(),
    Entry::of::<v2_order::V2OrderPreview>(),
    Entry::of::<v2_order::V2OrderCreate>(),
    Entry::of::<v2_order::V2OrderPage>(),
    Entry::of::<v2_order::V2OrderPayUrl>(),
    Entry::of::<v2_order::V2OrderCancel>(),
    Entry::of::<v2_order::V2OrderReceiveGoods>(),
    Entry::of::<v2_order::V2OrderPreviewBatch>(),
    Entry::of::<v2_order::V2OrderCreateBatch>(),
    Entry::of::<v2_order::V2OrderSubmitToPay>(),
    Entry::of::<v2_order::V2OrderTrace>(),
    Entry::of::<v2_cart::V2CartList>(),
    Entry::of::<v2_cart::V2CartAdd>(),
    Entry::of::<v2_cart::V2CartDelete>(),
    Entry::of::<v2_cart::V2CartEditQuantity>(),
    Entry::of::<v2_cart::V2CartPreviewOrder>(),
    Entry::of::<v2_cart::V2CartCreateOrder>(),
    Entry::of::<v2_aftersale::V2RefundInfo>(),
    Entry::of::<v2_aftersale::V2RefundReasons>(),
    Entry::of::<v2_aftersale::V2RefundVoucherUpload>(),
    Entry::of::<v2_aftersale::V2RefundCreate>(),
    Entry::of::<v2_aftersale::V2RefundGoodsReturn>(),
    Entry::of::<v2_aftersale::V2LogisticsCompanies>(),
    Entry::of::<bigmajor_order::BigMajorOrderPreviewCreate>(),
    Entry::of::<bigmajor_order::BigMajorOrderCreate>(),
    Entry::of::<bigmajor_order::BigMajorOrderList>(),
    Entry::of::<bigmajor_order::BigMajorOrderGet>(),
    Entry::of::<developer::Profile>(),
    Entry::of::<developer::DeveloperOffering>(),
    Entry::of::<developer::QuotaGet>(),
    Entry::of::<developer::CallbackGet>(),
    Entry::of::<developer::CallbackSet>(),
    Entry::of::<developer::CallbackVerify>(),
    Entry::of::<developer::MessageList>(),
    Entry::of::<developer::MessageReplay>(),
    Entry::of::<developer::EventList>(),
    Entry::of::<developer::SecretReset>(),
    Entry::of::<developer::RequestGet>(),
    Entry::of::<operator::DeveloperCreate>(),
    Entry::of::<operator::DeveloperList>(),
    Entry::of::<operator::DeveloperShow>(),
    Entry::of::<operator::DeveloperResetSecret>(),
    Entry::of::<operator::Health>(),
    Entry::of::<care::BackupMake>(),
    Entry::of::<care::KeyRotate>(),
    Entry::of::<operator_set::DeveloperSet>(),
    Entry::of::<operator_set::UserCreate>(),
    Entry::of::<operator_set::UserSet>(),
    Entry::of::<operator_pay::PaymentList>(),
    Entry::of::<operator_pay::PaymentApprove>(),
    Entry::of::<operator_pay::PaymentRefuse>(),
    Entry::of::<operator_pay::AccountList>(),
    Entry::of::<operator_pay::UserBind>(),
    Entry::of::<operator_pay::UserUnbind>(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_paths_are_unique_and_a_get_has_no_body() {
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|o| o.id).collect();
        let paths: BTreeSet<_> = OPERATIONS.iter().map(|o| (o.method.name(), o.path)).collect();
        assert_eq!((ids.len(), paths.len()), (OPERATIONS.len(), OPERATIONS.len()));
        for operation in OPERATIONS.iter().filter(|o| o.method == Method::Get) {
            let schema = operation.request_document();
            let fields = schema["properties"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(fields, operation.query.len(), "{}", operation.id);
        }
    }

    #[test]
    fn every_write_can_be_repeated_by_its_key() {
        use crate::error::Code;
        for operation in OPERATIONS {
            let named = operation.errors.contains(&Code::IdempotencyConflict);
            assert_eq!(named, operation.writes, "{}", operation.id);
            assert!(!operation.examples.is_empty(), "{}", operation.id);
        }
    }
}
