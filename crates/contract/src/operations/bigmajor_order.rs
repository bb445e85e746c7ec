//! Orders in bigMajor, the forerunner of ka, in its shapes.

use super::{
    ka_order::{KaOrderCreate, KaOrderGet, KaOrderList, KaOrderPreviewCreate},
    twin,
};

twin! {
    /// Order preview (mandatory before create).
    BigMajorOrderPreviewCreate of KaOrderPreviewCreate = "bigmajor_order_create_preview", "/alibaba/bigMajor/order/create/preview", BigMajor, "bigmajor/order";
}

twin! {
    /// Create an order.
    BigMajorOrderCreate of KaOrderCreate = "bigmajor_order_create", "/alibaba/bigMajor/order/create", BigMajor, "bigmajor/order";
}

twin! {
    /// Order list.
    BigMajorOrderList of KaOrderList = "bigmajor_order_page", "/alibaba/bigMajor/order/page", BigMajor, "bigmajor/order";
}

twin! {
    /// Order detail.
    BigMajorOrderGet of KaOrderGet = "bigmajor_order_detail", "/alibaba/bigMajor/order/detail", BigMajor, "bigmajor/order";
}
