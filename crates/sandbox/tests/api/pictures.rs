//! Pictures decode, are always the same, and differ from each other.

use crate::kit::{bytes, market};
use axum::http::{StatusCode, header};

#[tokio::test]
async fn pictures_decode_in_the_sizes_that_their_names_say() {
    let m = market().await;
    for (name, size) in [("1.png", 800), ("0.80x80.png", 80), ("10.310x310.png", 310)] {
        let response = m.get(&format!("/sandbox/pictures/889512351602/{name}")).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/png", "{name}");
        let picture = image::load_from_memory(&bytes(response).await.1).expect("a PNG");
        assert_eq!((picture.width(), picture.height()), (size, size), "{name}");
    }
}

#[tokio::test]
async fn a_picture_is_the_same_everywhere_and_shows_its_own_product() {
    let (one, other) = (market().await, market().await);
    let path = "/sandbox/pictures/889512351602/1.80x80.png";
    let first = bytes(one.get(path).await).await.1;
    assert_eq!(first, bytes(one.get(path).await).await.1);
    assert_eq!(first, bytes(other.get(path).await).await.1);
    assert_ne!(first, bytes(one.get("/sandbox/pictures/948296456038/1.80x80.png").await).await.1);
    assert_ne!(first, bytes(one.get("/sandbox/pictures/889512351602/2.80x80.png").await).await.1);
}

#[tokio::test]
async fn unknown_pictures_are_not_found() {
    let m = market().await;
    for path in ["1/1.png", "889512351602/5.png", "889512351602/99.png", "889512351602/1.jpg", "x/1.png"] {
        assert_eq!(m.get(&format!("/sandbox/pictures/{path}")).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
