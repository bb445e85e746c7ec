//! The carriers of the world and the way of a parcel: where it is, is a function of when it was sent.

use domain::Timestamp;

/// A carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carrier {
    pub id: i64,
    pub name: &'static str,
    /// What `logisticsCompanyNo` names.
    pub code: &'static str,
    pub phone: &'static str,
    pub support_print: bool,
    pub spelling: &'static str,
    /// Whether a shipper may contact it himself; only these may carry goods back.
    pub offline: bool,
}

const fn carrier(
    id: i64,
    name: &'static str,
    code: &'static str,
    phone: &'static str,
    spelling: &'static str,
) -> Carrier {
    Carrier { id, name, code, phone, support_print: true, spelling, offline: true }
}

/// All carriers.
pub const CARRIERS: &[Carrier] = &[
    carrier(3, "中通快递", "ZTO", "95311", "zhongtongkuaidi"),
    carrier(4, "圆通速递", "YTO", "95554", "yuantongsudi"),
    carrier(5, "申通快递", "STO", "95543", "shentongkuaidi"),
    carrier(7, "顺丰速运", "SF", "95338", "shunfengsuyun"),
    carrier(9, "韵达快递", "YUNDA", "95546", "yundakuaidi"),
    carrier(352, "百世快递", "HTKY", "95320", "baishikuaidi"),
    carrier(361, "极兔速递", "JTSD", "95820", "jitusudi"),
    carrier(370, "邮政EMS", "EMS", "11183", "youzhengems"),
    carrier(388, "德邦快递", "DBKD", "95353", "debangkuaidi"),
    carrier(402, "京东物流", "JDKD", "95311", "jingdongwuliu"),
    Carrier {
        support_print: false, offline: false, ..carrier(1001, "菜鸟裹裹", "CNGG", "9519666", "cainiaoguoguo")
    },
];

pub fn by_code(code: &str) -> Option<&'static Carrier> {
    CARRIERS.iter().find(|c| c.code == code)
}

/// One stop of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// After the parcel was sent.
    pub after_ms: i64,
    /// `statusChanged` of the push.
    pub push: &'static str,
    /// `logisticsOrderStatus`.
    pub status: &'static str,
    pub remark: &'static str,
}

const HOUR_MS: i64 = 3_600_000;

/// The way of every parcel.
pub const STOPS: [Stop; 5] = [
    Stop { after_ms: 0, push: "CONSIGN", status: "WAITACCEPT", remark: "商家已发货，等待快递揽收" },
    Stop { after_ms: 2 * HOUR_MS, push: "ACCEPT", status: "ACCEPT", remark: "快递已揽收" },
    Stop {
        after_ms: 10 * HOUR_MS, push: "TRANSPORT", status: "TRANSPORT", remark: "快件运输中，已离开分拨中心"
    },
    Stop { after_ms: 44 * HOUR_MS, push: "DELIVERING", status: "TRANSPORT", remark: "快件派送中" },
    Stop { after_ms: 48 * HOUR_MS, push: "SIGN", status: "SIGN", remark: "快件已签收" },
];

/// The stops that a parcel has behind it, oldest first.
pub fn passed(sent_at: Timestamp, now: Timestamp) -> impl Iterator<Item = (Timestamp, &'static Stop)> {
    STOPS.iter().map(move |s| (sent_at.plus_ms(s.after_ms), s)).filter(move |(at, _)| *at <= now)
}

/// Whether a waybill number can be one: 8 to 30 letters and digits.
pub fn plausible(bill: &str) -> bool {
    (8..=30).contains(&bill.len()) && bill.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_passes_its_stops_in_time() {
        let sent = Timestamp(1_000);
        assert_eq!(passed(sent, sent).count(), 1);
        assert_eq!(passed(sent, sent.plus_ms(10 * HOUR_MS)).count(), 3);
        assert_eq!(passed(sent, sent.plus_ms(480 * HOUR_MS)).last().map(|(_, s)| s.status), Some("SIGN"));
    }

    #[test]
    fn the_waybill_of_the_example_is_plausible() {
        assert!(
            plausible("3110044550034338") && by_code("ZTO").is_some() && by_code("HTKY").is_some_and(|c| c.id == 352)
        );
        assert!(!plausible("") && !plausible("12 34 5678"));
    }
}
