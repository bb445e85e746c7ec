//! The reason list of the sandbox (contract, applyReasonId.sandbox): each rule of reasons has a case in it.

use domain::refund::{GoodsStatus, Reason};

struct Row {
    id: i64,
    name: &'static str,
    for_goods: &'static [GoodsStatus],
    need_voucher: bool,
    no_refund_carriage: bool,
    tip: &'static str,
}

const NOT_SENT: GoodsStatus = GoodsStatus::WaitSellerSend;
const ON_ITS_WAY: GoodsStatus = GoodsStatus::WaitBuyerReceive;
const HERE: GoodsStatus = GoodsStatus::BuyerReceived;
const LATER_NOT_HERE: GoodsStatus = GoodsStatus::AftersaleNotReceived;
const LATER_HERE: GoodsStatus = GoodsStatus::AftersaleReceived;

const ROWS: &[Row] = &[
    Row {
        id: 20006,
        name: "不想买了",
        for_goods: &[NOT_SENT, ON_ITS_WAY],
        need_voucher: false,
        no_refund_carriage: false,
        tip: "",
    },
    Row {
        id: 20028,
        name: "不想买了，已与卖家协商一致",
        for_goods: GoodsStatus::ALL,
        need_voucher: false,
        no_refund_carriage: false,
        tip: "",
    },
    Row {
        id: 20021,
        name: "颜色/图案/款式不符",
        for_goods: &[HERE, LATER_HERE],
        need_voucher: true,
        no_refund_carriage: false,
        tip: "请上传能看清商品问题的图片凭证",
    },
    Row {
        id: 20901,
        name: "未按约定时间发货",
        for_goods: &[NOT_SENT],
        need_voucher: false,
        no_refund_carriage: false,
        tip: "",
    },
    Row {
        id: 20902,
        name: "物流一直未送到",
        for_goods: &[ON_ITS_WAY, LATER_NOT_HERE],
        need_voucher: false,
        no_refund_carriage: false,
        tip: "",
    },
    Row {
        id: 20903,
        name: "七天无理由退货",
        for_goods: &[HERE, LATER_HERE],
        need_voucher: false,
        no_refund_carriage: true,
        tip: "该原因不支持退运费",
    },
];

/// The reasons that may be given with this goods status.
pub fn of(goods: GoodsStatus) -> Vec<Reason> {
    let rows = ROWS.iter().filter(|r| r.for_goods.contains(&goods));
    rows.map(|r| Reason {
        id: r.id,
        name: r.name.to_owned(),
        need_voucher: r.need_voucher,
        no_refund_carriage: r.no_refund_carriage,
        tip: r.tip.to_owned(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goods_status_has_its_reasons() {
        let ids = |goods| of(goods).iter().map(|r| r.id).collect::<Vec<_>>();
        assert_eq!(ids(NOT_SENT), [20006, 20028, 20901]);
        assert_eq!(ids(ON_ITS_WAY), [20006, 20028, 20902]);
        assert_eq!(ids(HERE), [20028, 20021, 20903]);
        assert_eq!(ids(LATER_NOT_HERE), [20028, 20902]);
        assert_eq!(ids(LATER_HERE), [20028, 20021, 20903]);
    }
}
