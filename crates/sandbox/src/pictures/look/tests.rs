//! A copy of a picture finds its product first among all.

use super::*;
use image::{DynamicImage, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder, imageops};

fn jpeg(picture: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).map(DynamicImage::into_rgb8).unwrap()
}

/// Smaller, coarser, cut all round, cut at one side and coarser.
fn copies(picture: &RgbImage) -> [RgbImage; 4] {
    let (side, twentieth) = (picture.width(), picture.width() / 20);
    let half = twentieth / 2;
    let inner = imageops::crop_imm(picture, half, half, side - twentieth, side - twentieth).to_image();
    let right = imageops::crop_imm(picture, twentieth, 0, side - twentieth, side).to_image();
    let smaller = imageops::resize(picture, side * 5 / 9, side * 5 / 9, imageops::FilterType::CatmullRom);
    [smaller, jpeg(picture, 60), inner, jpeg(&right, 60)]
}

#[test]
fn a_copy_of_a_picture_finds_its_product_first() {
    let (catalogue, dir) = (Catalogue::embedded(), tempfile::tempdir().unwrap());
    let look = Look::in_folder(catalogue.clone(), dir.path());
    assert!(look.prepare(&|| true).is_none() && !look.is_ready(), "whoever stops does not wait for it");
    let album = look.prepare(&|| false).unwrap();
    let again = Look::in_folder(catalogue.clone(), dir.path());
    assert!(again.prepare(&|| true).is_some(), "the next start reads it");
    for place in (0..catalogue.len()).step_by(catalogue.len() / 56) {
        let product = catalogue.at(place).unwrap();
        // The main picture, one of the others, the one on white.
        let number = [1, 0, 2, 3, 4, super::super::SKU_BASE][place % 6];
        let shown = picture(&Motif::of(product, number), number, 160);
        for (copy, name) in copies(&shown).iter().zip(["smaller", "coarser", "cut", "cut at a side"]) {
            let first = album.alike(&catalogue, &Likeness::of(copy))[0];
            assert_eq!(
                first.offer_id, product.offer_id,
                "{name}: {} is taken for {}",
                product.title_en, first.title_en
            );
        }
    }
}
