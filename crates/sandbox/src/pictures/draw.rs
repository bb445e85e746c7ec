//! From product and number to a PNG.

use super::{
    SKU_BASE,
    canvas::{Area, Canvas, View},
    colour::Colour,
    shapes::{self, Tone},
};
use crate::catalogue::{Product, Sku};
use image::{ColorType, ImageEncoder, codecs::png::PngEncoder};

/// The PNG of picture `number` in `size` x `size` pixels.
pub fn draw(product: &Product, number: u32, size: u32) -> Option<Vec<u8>> {
    let sku = number.checked_sub(SKU_BASE).and_then(|i| product.skus.get(i as usize));
    let main = colour_of(product, sku);
    let mut canvas = ground(product, number, main, size);
    for view in views(number) {
        paint(&mut canvas, product, main, &view);
    }
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&canvas.bytes(), size, size, ColorType::Rgb8.into()).ok()?;
    Some(png)
}

fn colour_of(product: &Product, sku: Option<&Sku>) -> Colour {
    let words = sku.map(|s| s.attributes.iter().map(|a| a.value_zh.as_str()).collect::<String>());
    words.and_then(|w| Colour::named(&w)).unwrap_or_else(|| Colour::parse(&product.colour))
}

/// White for number 0; else a soft gradient whose tint depends on the offer and the number.
fn ground(product: &Product, number: u32, main: Colour, size: u32) -> Canvas {
    if number == 0 {
        return Canvas::gradient(size, Colour::WHITE, Colour::WHITE);
    }
    let pick = (product.offer_id.get() as usize).wrapping_add(number as usize) % TINTS.len();
    let tint = Colour::parse(TINTS[pick]);
    let (top, bottom) = (tint.mix(Colour::WHITE, 0.45), tint);
    let near = (main.lightness() - bottom.lightness()).abs() < 0.12;
    let deeper = if near { Colour::parse("#5f6b78") } else { bottom };
    Canvas::gradient(size, top, bottom.mix(deeper, 0.35))
}

const TINTS: &[&str] = &["#dfe7ee", "#efe3d6", "#e3ebdf", "#ece2ec", "#dcebea", "#f1e6dc"];

fn views(number: u32) -> Vec<View> {
    let one = |scale, x, y, mirrored| View { scale, shift: (x, y), mirrored };
    match number {
        2 => vec![one(0.9, 0.0, 0.0, true)],
        3 => vec![one(1.45, 4.0, -6.0, false)],
        4 => vec![one(0.55, -21.0, -8.0, false), one(0.55, 21.0, 10.0, true)],
        _ => vec![one(0.95, 0.0, 0.0, false)],
    }
}

fn paint(canvas: &mut Canvas, product: &Product, main: Colour, view: &View) {
    let Some(parts) = shapes::of(&product.shape) else { return };
    canvas.fill(&Area::Block((50.0, 89.0), 30.0, 2.6, 2.6), view, Colour::parse("#22262c"), 0.14);
    for (area, tone) in parts {
        canvas.fill(area, view, shade(main, *tone), 1.0);
    }
}

fn shade(main: Colour, tone: Tone) -> Colour {
    let black = Colour::parse("#15171a");
    match tone {
        Tone::Main => main,
        Tone::Dark => main.mix(black, 0.28),
        Tone::Light => main.mix(Colour::WHITE, 0.38),
        Tone::Ink => main.mix(black, 0.72),
        Tone::Paper => main.mix(Colour::WHITE, 0.86),
    }
}
