//! The rows, one file each.

mod callbacks;
mod footprint;
mod ingest;
mod life;
mod pages;
mod read;
mod write;

use super::{
    finding::Finding,
    options::{Options, Row},
    yard::Yard,
};

/// Measures a row.
pub fn measure(yard: &mut Yard, row: Row, options: &Options) -> Result<Vec<Finding>, String> {
    match row {
        Row::B1 => read::measure(yard, options),
        Row::B2 => write::measure(yard, options),
        Row::B3 => callbacks::measure(yard, options),
        Row::B4 => callbacks::measure_neighbours(yard, options),
        Row::B5 => ingest::measure(yard, options),
        Row::B6 => pages::measure(yard, options),
        Row::B7 => footprint::measure(yard, options),
        Row::B8 => life::measure(yard, options),
    }
}
