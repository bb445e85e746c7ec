//! What makes the pictures of a product its own: how the goods lie, what is printed on them, and what stands behind.
//!
//! Everything is drawn from the offer and the number of the picture, large and soft enough to be seen on a thumbnail:
//! that is what an image search goes by.

use super::{
    canvas::{Area, Point, View},
    colour::Colour,
};
use crate::catalogue::drawn;

/// Soft colours of backdrops.
const BACKDROPS: &[&str] = &[
    "#dfe7ee", "#efe3d6", "#cfdcc9", "#e8d3e0", "#bcd6d4", "#f1dcc4", "#9fb4c8", "#d8b7a6", "#a9bf9f", "#c9a9bd",
    "#7f98ad", "#e9cf8f", "#b58f7c", "#8fa58a", "#6f7f96", "#d9d2c5",
];
/// Colours of what is printed on goods.
const PRINTS: &[&str] =
    &["#f4efe6", "#2c3440", "#c8574b", "#e0b040", "#3f7f78", "#5b6fae", "#8c5a86", "#9dbf8a", "#e39a7a", "#6b4a3a"];

/// An area with its colour, and how much shows through.
#[derive(Clone)]
pub struct Patch {
    pub area: Area,
    pub view: View,
    pub colour: Colour,
    pub strength: f32,
}

/// The draws of one picture.
pub struct Scene {
    id: i64,
}

impl Scene {
    pub fn of(offer: i64) -> Self {
        Self { id: offer }
    }

    /// From 0 to 1.
    fn part(&self, step: &str) -> f32 {
        (drawn::draw(self.id, step) >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn range(&self, step: &str, low: f32, high: f32) -> f32 {
        low + (high - low) * self.part(step)
    }

    fn one_of(&self, step: &str, colours: &[&str]) -> Colour {
        Colour::parse(colours[drawn::below(self.id, step, colours.len())])
    }

    /// How the goods lie: a little turned, larger or smaller, off the middle; some look the other way.
    pub fn pose(&self) -> View {
        View {
            scale: self.range("scale", 0.78, 0.98),
            shift: (self.range("x", -5.0, 5.0), self.range("y", -5.0, 3.0)),
            turn: self.range("turn", -0.32, 0.32),
            mirrored: drawn::below(self.id, "mirrored", 2) == 1,
        }
    }

    /// The ground from top to bottom.
    pub fn ground(&self, number: u32) -> (Colour, Colour) {
        let pick = |edge: &str| self.one_of(&format!("ground {number} {edge}"), BACKDROPS);
        (pick("top").mix(Colour::WHITE, 0.35), pick("bottom"))
    }

    /// Large forms behind the goods.
    pub fn backdrop(&self, number: u32) -> Vec<Patch> {
        (0..5).map(|i| self.form(&format!("form {number} {i}"))).collect()
    }

    fn form(&self, step: &str) -> Patch {
        let draw = |what: &str, low, high| self.range(&format!("{step} {what}"), low, high);
        let centre = (draw("x", 0.0, 100.0), draw("y", 0.0, 100.0));
        let (width, height) = (draw("width", 10.0, 36.0), draw("height", 10.0, 36.0));
        let area = match drawn::below(self.id, &format!("{step} kind"), 3) {
            0 => Area::Disc(centre, width),
            1 => Area::Block(centre, width, height, 4.0),
            _ => Area::Block(centre, width, width * 0.35, 3.0),
        };
        Patch {
            area,
            view: View { turn: draw("turn", -0.8, 0.8), ..View::PLAIN },
            colour: self.one_of(&format!("{step} colour"), BACKDROPS),
            strength: draw("strength", 0.55, 1.0),
        }
    }

    /// What is printed on the goods: stripes, checks, dots or patches.
    pub fn print(&self) -> Vec<Patch> {
        let step = self.range("print step", 13.0, 24.0);
        let width = step * self.range("print width", 0.16, 0.36);
        let turn = self.range("print turn", -1.5, 1.5);
        match drawn::below(self.id, "print", 4) {
            0 => self.stripes(turn, step, width),
            1 => [self.stripes(turn, step, width * 0.7), self.stripes(turn + 1.57, step * 1.4, width * 0.7)].concat(),
            2 => self.dots(turn, step, width),
            _ => (0..3).map(|i| self.patch(i)).collect(),
        }
    }

    fn printed(&self, area: Area, turn: f32, which: usize) -> Patch {
        let colour = self.one_of(&format!("print colour {}", which % 2), PRINTS);
        Patch { area, view: View { turn, ..View::PLAIN }, colour, strength: 0.85 }
    }

    fn stripes(&self, turn: f32, step: f32, width: f32) -> Vec<Patch> {
        let off = self.range("stripe", -0.5, 0.5) * step;
        let place = |i: usize| 50.0 + off + (i as f32 - 3.0) * step;
        (0..7).map(|i| self.printed(Area::Block((50.0, place(i)), 80.0, width, 0.0), turn, i)).collect()
    }

    fn dots(&self, turn: f32, step: f32, width: f32) -> Vec<Patch> {
        let place = |i: usize| 50.0 + (i as f32 - 2.0) * step;
        let at = |i: usize| -> Point { (place(i % 5) + (i / 5 % 2) as f32 * step / 2.0, place(i / 5)) };
        (0..25).map(|i| self.printed(Area::Disc(at(i), width * 1.3), turn, i)).collect()
    }

    fn patch(&self, number: usize) -> Patch {
        let draw = |what: &str, low, high| self.range(&format!("patch {number} {what}"), low, high);
        let centre = (draw("x", 25.0, 75.0), draw("y", 25.0, 80.0));
        let area = if number == 0 {
            Area::Disc(centre, draw("size", 8.0, 20.0))
        } else {
            Area::Block(centre, draw("width", 8.0, 30.0), draw("size", 4.0, 12.0), 2.0)
        };
        self.printed(area, draw("turn", -0.8, 0.8), number)
    }
}
