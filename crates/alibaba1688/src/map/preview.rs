//! A preview answer to the orders that would be made. Sums are fen, lines are yuan; that ends here.

use super::{
    Mapped, amount, fen, filled, needed, odd,
    order::{sku, spec},
};
use crate::wire::{
    Int, Yuan,
    order::{PreviewAnswer, PreviewCargo, PreviewPart},
};
use domain::{
    Fen, OfferId,
    purchase::{PreviewLine, PreviewOrder},
};

pub(crate) fn preview(answer: &PreviewAnswer) -> Mapped<Vec<PreviewOrder>> {
    needed("orderPreviewResuslt", answer.order_preview_resuslt.as_ref())?.iter().map(part).collect()
}

fn part(part: &PreviewPart) -> Mapped<PreviewOrder> {
    let ok = part.status != Some(false);
    let sum = |field, value: Option<Int>| match value {
        None if !ok => Ok(Fen::ZERO),
        value => fen(field, value),
    };
    let refusal = || {
        let code = filled(part.result_code.as_ref()).unwrap_or_default().to_owned();
        (code, part.message.clone().unwrap_or_default())
    };
    Ok(PreviewOrder {
        goods: sum("sumPaymentNoCarriage", part.sum_payment_no_carriage)?,
        carriage: sum("sumCarriage", part.sum_carriage)?,
        ok,
        refusal: (!ok).then(refusal),
        lines: part.cargo_list.iter().flatten().map(|cargo| line(cargo, ok)).collect::<Mapped<_>>()?,
        trade_modes: part.trade_mode_name_list.clone().unwrap_or_default(),
        promotions: part.shop_promotion_list.iter().flatten().filter_map(|p| p.promotion_id.clone()).collect(),
    })
}

/// A refused order may come without prices.
fn line(cargo: &PreviewCargo, ok: bool) -> Mapped<PreviewLine> {
    let offer = needed("cargoList.offerId", cargo.offer_id)?;
    let price = |field, value: Option<Yuan>| match value {
        None if !ok => Ok(Fen::ZERO),
        value => amount(field, value),
    };
    Ok(PreviewLine {
        offer_id: OfferId::new(offer.0).map_err(|_| odd("cargoList.offerId", offer))?,
        spec_id: spec(cargo.spec_id.as_ref())?,
        sku_id: sku(cargo.sku_id)?,
        open_offer_id: cargo.open_offer_id.clone().unwrap_or_default(),
        unit_price: price("cargoList.finalUnitPrice", cargo.final_unit_price)?,
        amount: price("cargoList.amount", cargo.amount)?,
        message: cargo.message.clone().filter(|m| !m.is_empty()),
    })
}
