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

impl Area {
    /// A disc that holds the whole area.
    fn around(&self) -> (Point, f32) {
        match *self {
            Self::Disc(c, r) => (c, r),
            Self::Ring(c, r, w) => (c, r + w / 2.0),
            Self::Block(c, w, h, _) => (c, w.hypot(h)),
            Self::Poly(points, r) => around(points, r),
            Self::Path(points, w) => around(points, w / 2.0),
        }
    }
}

fn around(points: &[Point], more: f32) -> (Point, f32) {
    let middle = |of: fn(&Point) -> f32| {
        let (low, high) = points.iter().map(of).fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(v), h.max(v)));
        (low + high) / 2.0
    };
    let centre = (middle(|p| p.0), middle(|p| p.1));
    (centre, points.iter().map(|p| length(sub(*p, centre))).fold(0.0, f32::max) + more)
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
    /// Round the middle, in radians.
    pub turn: f32,
    pub mirrored: bool,
}

impl View {
    /// The drawing as it is.
    pub const PLAIN: Self = Self { scale: 1.0, shift: (0.0, 0.0), turn: 0.0, mirrored: false };

    /// The point of the drawing that shows at this point of the canvas; `(sin, cos)` are those of the turn.
    fn inverse(&self, (sin, cos): (f32, f32), p: Point) -> Point {
        let (x, y) = (p.0 - 50.0 - self.shift.0, p.1 - 50.0 - self.shift.1);
        let (x, y) = ((x * cos + y * sin) / self.scale, (y * cos - x * sin) / self.scale);
        (if self.mirrored { 50.0 - x } else { x + 50.0 }, y + 50.0)
    }

    /// Where a point of the drawing shows on the canvas.
    fn forward(&self, (sin, cos): (f32, f32), p: Point) -> Point {
        let (x, y) = (if self.mirrored { 50.0 - p.0 } else { p.0 - 50.0 }, p.1 - 50.0);
        let (x, y) = (x * self.scale, y * self.scale);
        (x * cos - y * sin + 50.0 + self.shift.0, y * cos + x * sin + 50.0 + self.shift.1)
    }

    /// This view with what is drawn turned by another one's turn first.
    pub fn under(&self, other: &Self) -> Self {
        let turn = if self.mirrored { -other.turn } else { other.turn };
        Self { turn: self.turn + turn, ..*self }
    }
}

pub struct Canvas {
    size: u32,
    pixels: Vec<Colour>,
    /// How much of each pixel belongs to what can be printed on.
    stencil: Vec<f32>,
}

impl Canvas {
    /// A canvas with a background that runs from `top` to `bottom`.
    pub fn gradient(size: u32, top: Colour, bottom: Colour) -> Self {
        let rows = (0..size).flat_map(|y| {
            let colour = top.mix(bottom, y as f32 / size as f32);
            (0..size).map(move |_| colour)
        });
        Self { size, pixels: rows.collect(), stencil: Vec::new() }
    }

    /// Begins new goods: nothing can be printed on yet.
    pub fn lift(&mut self) {
        self.stencil = vec![0.0; self.pixels.len()];
    }

    /// Fills an area; `strength` 0 to 1 lets the ground show through.
    pub fn fill(&mut self, area: &Area, view: &View, colour: Colour, strength: f32) {
        let pixels = &mut self.pixels;
        scan(self.size, area, view, |at, cover| pixels[at] = pixels[at].mix(colour, cover * strength));
    }

    /// Fills an area of the goods. What is painted over a stencil hides it.
    pub fn paint(&mut self, area: &Area, view: &View, colour: Colour, stencil: bool) {
        let (pixels, kept) = (&mut self.pixels, &mut self.stencil);
        let wanted = f32::from(u8::from(stencil));
        scan(self.size, area, view, |at, cover| {
            pixels[at] = pixels[at].mix(colour, cover);
            kept[at] += (wanted - kept[at]) * cover;
        });
    }

    /// Fills what of an area lies on the stencil.
    pub fn print(&mut self, area: &Area, view: &View, colour: Colour, strength: f32) {
        let (pixels, stencil) = (&mut self.pixels, &self.stencil);
        scan(self.size, area, view, |at, cover| {
            pixels[at] = pixels[at].mix(colour, cover * strength * stencil[at]);
        });
    }

    /// Three bytes a pixel, row by row.
    pub fn bytes(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|c| c.bytes()).collect()
    }
}

/// Tells of every pixel that the area covers, and how much of it.
fn scan(size: u32, area: &Area, view: &View, mut covered: impl FnMut(usize, f32)) {
    let (unit, turn) = (100.0 / size as f32, view.turn.sin_cos());
    let far = |distance: f32| 0.5 - distance * view.scale / unit;
    let (centre, radius) = area.around();
    let (centre, radius) = (view.forward(turn, centre), radius * view.scale + unit);
    let pixel = |at: f32| (at / unit).clamp(0.0, size as f32) as u32;
    for y in pixel(centre.1 - radius)..pixel(centre.1 + radius + unit) {
        let mut x = pixel(centre.0 - radius);
        let end = pixel(centre.0 + radius + unit);
        while x < end {
            let at = view.inverse(turn, ((x as f32 + 0.5) * unit, (y as f32 + 0.5) * unit));
            let cover = far(area.distance(at));
            if cover > 0.0 {
                covered((y * size + x) as usize, cover.min(1.0));
            }
            // No edge is nearer than the distance says: that many pixels are empty.
            x += if cover < -1.0 { -cover as u32 } else { 1 };
        }
    }
}
