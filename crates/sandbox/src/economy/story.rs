//! The texts of the steps of a refund, as the upstream writes them (contract, operation_records).

use domain::{
    Fen,
    refund::{Action, DisputeRequest, GoodsStatus, Refund},
};

/// `退款诉求`: 退款 while not shipped, 仅退款 for money only after that, 退货退款 for a return.
pub fn claim(refund: &Refund) -> &'static str {
    match refund.request {
        DisputeRequest::ReturnRefund => "退货退款",
        DisputeRequest::Refund if refund.before_shipment => "退款",
        DisputeRequest::Refund => "仅退款",
    }
}

fn goods(status: GoodsStatus) -> &'static str {
    match status {
        GoodsStatus::WaitSellerSend => "未发货",
        GoodsStatus::WaitBuyerReceive | GoodsStatus::AftersaleNotReceived => "未收到货",
        GoodsStatus::BuyerReceived | GoodsStatus::AftersaleReceived => "已收到货",
    }
}

/// The application: six pipe-separated label:value parts, amounts in yuan.
pub fn application(refund: &Refund, goods_status: GoodsStatus, reason: &str, description: &str) -> String {
    let parts = [
        ("退款诉求", claim(refund).to_owned()),
        ("申请原因", reason.to_owned()),
        ("货品情况", goods(goods_status).to_owned()),
        ("退款货品金额", yuan(refund.apply_payment)),
        ("退款运费金额", yuan(refund.apply_carriage)),
        ("退款说明", description.to_owned()),
    ];
    parts.map(|(label, value)| format!("{label}:{value}")).join("|")
}

fn yuan(fen: Fen) -> String {
    fen.yuan().to_string()
}

/// The return parcel.
pub fn parcel(company: &str, bill: &str, description: &str) -> String {
    format!("买家已退货|物流公司:{company}|物流单号:{bill}|说明:{description}")
}

/// The text of a step that needs nothing but the refund.
pub fn step(refund: &Refund, action: Action) -> String {
    let claim = claim(refund);
    match action {
        Action::SellerAgreeRefund | Action::SellerReceive | Action::SystemAgreeRefund | Action::SystemAgreeProtocol => {
            format!("卖家同意{claim}协议,{claim}成功")
        }
        Action::SellerAgreeReturn => format!("卖家同意{claim}协议,等待买家退货"),
        Action::SellerReject => format!("卖家拒绝{claim}协议"),
        Action::SellerRejectParcel => "卖家拒绝确认收到退货".to_owned(),
        Action::BuyerApply | Action::BuyerModify => format!("买家修改{claim}协议,等待卖家确认"),
        Action::BuyerSend => "买家已退货".to_owned(),
        Action::BuyerCancel => format!("买家撤销{claim}协议"),
        Action::BuyerReceiveClose => "买家确认收货,退款关闭".to_owned(),
        Action::SellerSendClose => "卖家已发货,退款关闭".to_owned(),
        Action::SystemModify => "买家超时未修改,退款关闭".to_owned(),
        Action::SendTimeout => "买家超时未退货,退款关闭".to_owned(),
    }
}

/// `operateRemark` of an `operateTypeInt`.
pub const fn remark(operate_type: i64) -> &'static str {
    match operate_type {
        1 => "买家申请退款协议,等待卖家确认",
        2 => "买家撤销退款协议",
        8 => "退款成功",
        9 => "退款关闭",
        10 => "买家退货",
        15 => "卖家拒绝协议，等待买家修改",
        19 => "确认收货地址",
        _ => "",
    }
}
