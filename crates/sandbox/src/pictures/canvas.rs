//! A square canvas in coordinates from 0 to 100, filled with smooth-edged areas.
//!
//! An area is a distance function: how far a point lies outside its edge. One look at each pixel then gives a clean edge,
//! where oversampling would need nine.

use super::colour::Colour;

/// A point, x to the right, y down.
pub type Point = (f32, f32);

/// What can be filled.
#[derive(Debug, Clone, Copy)]
pub enum Area {
    /// Centre and radius.
    Disc(Point, f32),
    /// Centre, radius of the line's middle, width of the line.
    Ring(Point, f32, f32),
    /// Centre, half width, half height, radius of the corners.
    Block(Point, f32, f32, f32),
    /// Corners, and by how much the edge is pushed out and rounded.
    Poly(&'static [Point], f32),
    /// A line through these points, and its width.
    Path(&'static [Point], f32),
}

impl Area {
    /// Distance of a point from the edge: negative inside.
    pub fn distance(&self, p: Point) -> f32 {
        match *self {
            Self::Disc(c, r) => length(sub(p, c)) - r,
            Self::Ring(c, r, w) => (length(sub(p, c)) - r).abs() - w / 2.0,
            Self::Block(c, w, h, r) => block(sub(p, c), w - r, h - r) - r,
            Self::Poly(corners, r) => polygon(corners, p) - r,
            Self::Path(points, w) => {
                let pairs = points.windows(2).map(|ab| segment(p, ab[0], ab[1]));
                pairs.fold(f32::MAX, f32::min) - w / 2.0
            }
        }
    }
}

fn sub(a: Point, b: Point) -> Point {
    (a.0 - b.0, a.1 - b.1)
}

fn length(v: Point) -> f32 {
    v.0.hypot(v.1)
}

fn block(p: Point, w: f32, h: f32) -> f32 {
    let (x, y) = (p.0.abs() - w, p.1.abs() - h);
    length((x.max(0.0), y.max(0.0))) + x.max(y).min(0.0)
}

fn segment(p: Point, a: Point, b: Point) -> f32 {
    let (ap, ab) = (sub(p, a), sub(b, a));
    let square = ab.0 * ab.0 + ab.1 * ab.1;
    let along = if square == 0.0 { 0.0 } else { ((ap.0 * ab.0 + ap.1 * ab.1) / square).clamp(0.0, 1.0) };
    length((ap.0 - ab.0 * along, ap.1 - ab.1 * along))
}

fn polygon(corners: &[Point], p: Point) -> f32 {
    let mut inside = false;
    let mut nearest = f32::MAX;
    let mut before = corners.last().copied().unwrap_or_default();
    for &corner in corners {
        nearest = nearest.min(segment(p, before, corner));
        if (corner.1 > p.1) != (before.1 > p.1) {
            let x = corner.0 + (p.1 - corner.1) / (before.1 - corner.1) * (before.0 - corner.0);
            inside ^= p.0 < x;
        }
        before = corner;
    }
    if inside { -nearest } else { nearest }
}

/// Where the 0..100 of a drawing lies on the canvas.
#[derive(Debug, Clone, Copy)]
pub struct View {
    pub scale: f32,
    pub shift: Point,
    pub mirrored: bool,
}

impl View {
    /// The point of the drawing that shows at this point of the canvas.
    fn inverse(&self, p: Point) -> Point {
        let x = (p.0 - 50.0 - self.shift.0) / self.scale + 50.0;
        let y = (p.1 - 50.0 - self.shift.1) / self.scale + 50.0;
        (if self.mirrored { 100.0 - x } else { x }, y)
    }
}

pub struct Canvas {
    size: u32,
    pixels: Vec<Colour>,
}

impl Canvas {
    /// A canvas with a background that runs from `top` to `bottom`.
    pub fn gradient(size: u32, top: Colour, bottom: Colour) -> Self {
        let rows = (0..size).flat_map(|y| {
            let colour = top.mix(bottom, y as f32 / size as f32);
            (0..size).map(move |_| colour)
        });
        Self { size, pixels: rows.collect() }
    }

    /// Fills an area; `strength` 0 to 1 lets the ground show through.
    pub fn fill(&mut self, area: &Area, view: &View, colour: Colour, strength: f32) {
        let unit = 100.0 / self.size as f32;
        let far = |distance: f32| 0.5 - distance * view.scale / unit;
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let at = view.inverse(((x as f32 + 0.5) * unit, (y as f32 + 0.5) * unit));
                let cover = far(area.distance(at));
                if cover > 0.0 {
                    let pixel = &mut self.pixels[(y * self.size + x) as usize];
                    *pixel = pixel.mix(colour, cover.min(1.0) * strength);
                }
                // No edge is nearer than the distance says: that many pixels are empty.
                x += if cover < -1.0 { -cover as u32 } else { 1 };
            }
        }
    }

    /// Three bytes a pixel, row by row.
    pub fn bytes(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|c| c.bytes()).collect()
    }
}
