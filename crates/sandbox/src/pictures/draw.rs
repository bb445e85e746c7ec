//! From product and number to pixels, and to a PNG.

use super::{
    SKU_BASE,
    canvas::{Area, Canvas, View},
    colour::Colour,
    scene::Scene,
    shapes::{self, Tone},
};
use crate::catalogue::{Product, Sku};
use domain::OfferId;
use image::{ColorType, ImageEncoder, RgbImage, codecs::png::PngEncoder};

/// What of a product a picture shows. Cheaper to have than the product itself.
#[derive(Debug, Clone, Copy)]
pub struct Motif<'a> {
    pub offer: i64,
    /// A word of the shapes.
    shape: &'a str,
    colour: Colour,
}

impl<'a> Motif<'a> {
    /// `colour` as `#rrggbb`.
    pub fn new(offer: OfferId, shape: &'a str, colour: &str) -> Self {
        Self { offer: offer.get(), shape, colour: Colour::parse(colour) }
    }

    /// What picture `number` shows: the product in its main colour, or a specification in its own.
    pub fn of(product: &'a Product, number: u32) -> Self {
        let sku = number.checked_sub(SKU_BASE).and_then(|i| product.skus.get(i as usize));
        Self { offer: product.offer_id.get(), shape: &product.shape, colour: colour_of(product, sku) }
    }
}

/// The PNG of picture `number` in `size` x `size` pixels.
pub fn draw(product: &Product, number: u32, size: u32) -> Option<Vec<u8>> {
    let pixels = picture(&Motif::of(product, number), number, size);
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&pixels, size, size, ColorType::Rgb8.into()).ok()?;
    Some(png)
}

/// Picture `number` in `size` x `size` pixels.
pub fn picture(motif: &Motif<'_>, number: u32, size: u32) -> RgbImage {
    let scene = Scene::of(motif.offer);
    // A specification shows the same scene as the first picture.
    let seen = if number >= SKU_BASE { 1 } else { number };
    let mut canvas = ground(&scene, seen, size);
    for view in views(seen, scene.pose()) {
        paint(&mut canvas, motif, &scene, &view);
    }
    RgbImage::from_raw(size, size, canvas.bytes()).unwrap_or_default()
}

fn colour_of(product: &Product, sku: Option<&Sku>) -> Colour {
    let words = sku.map(|s| s.attributes.iter().map(|a| a.value_zh.as_str()).collect::<String>());
    words.and_then(|w| Colour::named(&w)).unwrap_or_else(|| Colour::parse(&product.colour))
}

/// White for number 0; else a backdrop that depends on the offer and the number.
fn ground(scene: &Scene, number: u32, size: u32) -> Canvas {
    if number == 0 {
        return Canvas::gradient(size, Colour::WHITE, Colour::WHITE);
    }
    let (top, bottom) = scene.ground(number);
    let mut canvas = Canvas::gradient(size, top, bottom);
    for patch in scene.backdrop(number) {
        canvas.fill(&patch.area, &patch.view, patch.colour, patch.strength);
    }
    canvas
}

fn views(number: u32, pose: View) -> Vec<View> {
    let moved = |scale: f32, x: f32, y: f32| View {
        scale: pose.scale * scale,
        shift: (pose.shift.0 + x, pose.shift.1 + y),
        ..pose
    };
    match number {
        2 => vec![View { mirrored: !pose.mirrored, turn: -pose.turn, ..pose }],
        3 => vec![moved(1.45, 4.0, -6.0)],
        4 => vec![moved(0.55, -21.0, -8.0), View { mirrored: !pose.mirrored, ..moved(0.55, 21.0, 10.0) }],
        _ => vec![pose],
    }
}

fn paint(canvas: &mut Canvas, motif: &Motif<'_>, scene: &Scene, view: &View) {
    let Some(parts) = shapes::of(motif.shape) else { return };
    let flat = View { turn: 0.0, ..*view };
    canvas.fill(&Area::Block((50.0, 89.0), 30.0, 2.6, 2.6), &flat, Colour::parse("#22262c"), 0.14);
    canvas.lift();
    for (area, tone) in parts {
        let stencil = matches!(tone, Tone::Main | Tone::Dark | Tone::Light);
        canvas.paint(area, view, shade(motif.colour, *tone), stencil);
    }
    for patch in scene.print() {
        canvas.print(&patch.area, &view.under(&patch.view), patch.colour, patch.strength);
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
