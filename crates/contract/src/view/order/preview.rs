//! Previews of orders: the v1 form with its two units, as the marketplace gives it, and the flat ka form in fen.

use crate::{
    dialect::Dialect,
    offer::{HideIds, OpaqueOffer},
    scalar::{IdNumber, List, Text, Whole, YuanNumber},
};
use domain::{
    Fen, IdCipher,
    purchase::{PreviewLine, PreviewOrder},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The orders that the marketplace would make. `orderPreviewResuslt` is spelled so on the wire.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct AlibabaOrderPreview<D: Dialect> {
    /// One item per order that 1688 would split into.
    pub order_preview_resuslt: List<OrderPreviewPart<D>>,
    pub success: Option<bool>,
    pub error_code: Option<Text>,
    pub error_msg: Option<Text>,
    /// Offers whose freight is only described.
    pub post_fee_by_desc_offer_list: Option<Vec<IdNumber>>,
    /// Consignment (drop-ship) offers.
    pub consign_offer_list: Option<Vec<IdNumber>>,
    /// Offers that cross-border pay cannot settle, as text.
    pub unsupported_cross_border_pay_offer_list: List<Text>,
}

/// One order that 1688 would make.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct OrderPreviewPart<D: Dialect> {
    /// Fen, reduction after line totals.
    pub discount_fee: Option<Whole>,
    /// Values usable as tradeType on create; empty = cannot be ordered by API.
    pub trade_mode_name_list: List<Text>,
    /// Per-merchant / per-split outcome.
    pub status: Option<bool>,
    pub tao_sample_single_promotion: Option<bool>,
    /// Fen, grand total.
    pub sum_payment: Option<Whole>,
    /// Reason when status is false.
    pub message: Option<Text>,
    /// Fen, freight.
    pub sum_carriage: Option<Whole>,
    pub result_code: Option<Text>,
    /// Fen.
    pub sum_payment_no_carriage: Option<Whole>,
    /// Fen.
    pub additional_fee: Option<Whole>,
    /// Flow actually applied, e.g. general.
    pub flow_flag: Option<Text>,
    pub cargo_list: List<PreviewCargo<D>>,
    /// PromotionId goes into shopPromotionId on create.
    pub shop_promotion_list: List<Promotion>,
    pub trade_model_list: List<TradeModel>,
    pub pay_channel_infos: List<PayChannel>,
}

/// One line of a preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct PreviewCargo<D: Dialect> {
    /// Yuan, line total.
    pub amount: Option<YuanNumber>,
    /// Why this SKU cannot be bought.
    pub message: Option<Text>,
    /// Yuan.
    pub final_unit_price: Option<YuanNumber>,
    pub spec_id: Option<Text>,
    pub sku_id: Option<IdNumber>,
    pub result_code: Option<Text>,
    pub offer_id: Option<IdNumber>,
    #[serde(flatten)]
    pub opaque_offer: OpaqueOffer<D>,
    /// Encrypted offer id.
    pub open_offer_id: Option<Text>,
    pub cargo_promotion_list: List<Promotion>,
}

/// A promotion that applies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Promotion {
    pub promotion_id: Option<Text>,
    pub selected: Option<bool>,
    pub text: Option<Text>,
    /// May contain HTML list markup.
    pub desc: Option<Text>,
    pub free_postage: Option<bool>,
    /// Fen.
    pub discount_fee: Option<Whole>,
}

/// One way to trade.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TradeModel {
    /// May be null.
    pub trade_way: Option<Text>,
    /// E.g. 担保交易.
    pub name: Option<Text>,
    /// E.g. assureTrade.
    pub trade_type: Option<Text>,
    pub description: Option<Text>,
    /// False = not usable through the API.
    pub op_support: Option<bool>,
}

/// A payment channel and its limit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayChannel {
    pub name: Option<Text>,
    /// Fen.
    pub amount_limit: Option<Whole>,
}

impl<D: Dialect> HideIds for AlibabaOrderPreview<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        for line in self.order_preview_resuslt.0.iter_mut().flat_map(|part| &mut part.cargo_list.0) {
            line.opaque_offer.seal(line.offer_id.map(|id| id.0), ids);
        }
    }
}

impl<D: Dialect> AlibabaOrderPreview<D> {
    /// Reads the marketplace's answer.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// The part of a merchant who failed: the marketplace's code, or ours where it gave none.
    pub fn failed(code: &str, text: &str) -> Self {
        Self { success: Some(false), error_code: Some(code.into()), error_msg: Some(text.into()), ..Self::default() }
    }
}

/// All amounts in fen, unlike the public preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderPreview {
    /// Fen.
    pub sum_carriage: Option<Whole>,
    /// Fen, goods plus freight.
    pub sum_payment: Option<Whole>,
    /// Fen, what the client pays: `sumPayment` plus the platform's surcharge, see [`with_surcharge`].
    pub sum_total_payment: Option<Whole>,
    /// Fen.
    pub sum_payment_no_carriage: Option<Whole>,
    #[serde(rename = "orderItemTOList")]
    pub order_item_to_list: List<KaPreviewItem>,
}

/// One line of a ka preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaPreviewItem {
    /// Fen.
    pub amount: Option<Whole>,
    pub message: Option<Text>,
    /// Fen.
    pub final_unit_price: Option<Whole>,
    pub spec_id: Option<Text>,
    pub sku_id: Option<IdNumber>,
    pub offer_id: Option<IdNumber>,
    pub open_offer_id: Option<Text>,
}

impl KaOrderPreview {
    /// One order of a preview; `surcharge_bp` is the platform's fee in hundredths of a percent of what is paid.
    pub fn of(order: &PreviewOrder, surcharge_bp: u32) -> Self {
        Self {
            sum_carriage: Some(order.carriage.into()),
            sum_payment: Some(order.total().into()),
            sum_total_payment: Some(with_surcharge(order.total(), surcharge_bp).into()),
            sum_payment_no_carriage: Some(order.goods.into()),
            order_item_to_list: order.lines.iter().map(KaPreviewItem::of).collect::<Vec<_>>().into(),
        }
    }
}

impl KaPreviewItem {
    fn of(line: &PreviewLine) -> Self {
        Self {
            amount: Some(line.amount.into()),
            message: line.message.as_deref().map(Text::from),
            final_unit_price: Some(line.unit_price.into()),
            spec_id: line.spec_id.as_ref().map(|s| s.as_str().into()),
            sku_id: line.sku_id.map(|s| IdNumber(s.get())),
            offer_id: Some(IdNumber(line.offer_id.get())),
            open_offer_id: Some(line.open_offer_id.as_str().into()),
        }
    }
}

/// What a client pays so that `net` remains after a fee of `surcharge_bp` hundredths of a percent of the payment, rounded
/// half up. A rate of all or more is no rate and adds nothing.
pub fn with_surcharge(net: Fen, surcharge_bp: u32) -> Fen {
    let rest = 10_000_i128 - i128::from(surcharge_bp);
    if rest <= 0 {
        return net;
    }
    let gross = (i128::from(net.0) * 10_000 * 2 + rest).div_euclid(2 * rest);
    Fen(i64::try_from(gross).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{V1Info, V2};
    use domain::OfferId;

    #[test]
    fn the_surcharge_is_the_contract_s_example() {
        assert_eq!(with_surcharge(Fen(6400), 245), Fen(6561));
        assert_eq!(with_surcharge(Fen(6400), 0), Fen(6400));
        assert_eq!(with_surcharge(Fen(6400), 10_000), Fen(6400));
    }

    #[test]
    fn a_ka_preview_is_in_fen() {
        let line = PreviewLine {
            offer_id: OfferId::new(889_512_351_602).unwrap(),
            spec_id: None,
            sku_id: None,
            open_offer_id: "x".into(),
            unit_price: Fen(2900),
            amount: Fen(5800),
            message: None,
        };
        let order = PreviewOrder {
            goods: Fen(5800),
            carriage: Fen(600),
            ok: true,
            refusal: None,
            lines: vec![line],
            trade_modes: vec![],
            promotions: vec![],
        };
        assert_eq!(
            serde_json::to_string(&KaOrderPreview::of(&order, 245)).unwrap(),
            r#"{"sumCarriage":600,"sumPayment":6400,"sumTotalPayment":6561,"sumPaymentNoCarriage":5800,"orderItemTOList":[{"amount":5800,"message":null,"finalUnitPrice":2900,"specId":null,"skuId":null,"offerId":889512351602,"openOfferId":"x"}]}"#
        );
    }

    #[test]
    fn yuan_and_fen_meet_in_one_v1_preview() {
        let preview = AlibabaOrderPreview::<V1Info>::read(
            r#"{"orderPreviewResuslt":[{"status":true,"sumPayment":1321,"cargoList":[{"amount":13.21,"finalUnitPrice":19.00,"offerId":"743470146022"}]}],"success":true}"#,
        )
        .unwrap();
        let text = serde_json::to_string(&preview).unwrap();
        assert!(text.contains(r#""sumPayment":1321"#), "{text}");
        assert!(text.contains(r#"{"amount":13.21,"message":null,"finalUnitPrice":19,"#), "{text}");
        assert!(text.contains(r#""unsupportedCrossBorderPayOfferList":[]"#), "{text}");
    }

    #[test]
    fn a_v2_preview_has_the_opaque_id_beside_the_real_one() {
        let ids = domain::IdKey::new([7; 32]).of(domain::DeveloperId::new(1_110_890_638_347_337_996).unwrap());
        let document = r#"{"orderPreviewResuslt":[{"cargoList":[{"amount":13.21,"offerId":706627393257}]}]}"#;
        let printed = |text: &str| {
            serde_json::from_str::<serde_json::Value>(text).unwrap()["orderPreviewResuslt"][0]["cargoList"][0].clone()
        };
        let v2 = serde_json::to_string(&AlibabaOrderPreview::<V2>::read(document).unwrap().hidden(&ids)).unwrap();
        let line = printed(&v2);
        assert_eq!(
            (&line["offerId"], &line["offerMapId"]),
            (&706_627_393_257_i64.into(), &"R-aUoSC327iDB9FRRbQ_IA".into())
        );
        assert_eq!(line["amount"], 13.21);
        assert_eq!(
            serde_json::from_str::<AlibabaOrderPreview<V2>>(&v2).unwrap(),
            AlibabaOrderPreview::read(document).unwrap().hidden(&ids)
        );
        let v1 = serde_json::to_string(&AlibabaOrderPreview::<V1Info>::read(document).unwrap().hidden(&ids)).unwrap();
        assert!(printed(&v1).get("offerMapId").is_none());
    }
}
