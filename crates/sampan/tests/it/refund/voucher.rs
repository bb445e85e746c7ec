//! Vouchers: one small jpg a call, judged by its content; only one's own may be used.

use super::CREATES;
use crate::{
    ask::Ask,
    claim::{JPG, UPLOAD, before_shipment, with},
    purchase::goods,
    world::on_each,
};
use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::Request;
use serde_json::json;

const UPLOADS: [&str; 2] = [UPLOAD, "/alibaba/ka/refund/voucher/upload"];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// A jpg of exactly this many bytes: what lies between its marks is not looked at.
fn jpg_of(bytes: usize) -> Vec<u8> {
    let mut jpg = JPG[..JPG.len() - 2].to_vec();
    jpg.resize(bytes - 2, 0);
    jpg.extend_from_slice(&[0xff, 0xd9]);
    jpg
}

#[tokio::test]
async fn a_jpg_is_taken_as_a_form_and_as_base64_and_is_served_again() {
    on_each(async |world| {
        for path in UPLOADS {
            let text = STANDARD.encode(JPG);
            for ask in [
                Ask::file(path, "imageData", "image/jpeg", JPG),
                Ask::file(path, "imageData", "image/png", JPG),
                Ask::post(path, &json!({"imageData": text})),
                Ask::post(path, &json!({"imageData": format!("data:image/jpeg;base64,{text}")})),
            ] {
                let given = world.send(&world.developer, ask).await.accepted();
                let (domain, place) =
                    (given["imageDomain"].as_str().unwrap(), given["imageRelativeUrl"].as_str().unwrap());
                assert!(domain.starts_with("http") && !place.starts_with('/'), "{given}");
                let url = format!("{domain}/{place}");
                let response = world.fetch(Request::get(url).body(Body::empty()).unwrap()).await;
                assert_eq!(
                    (response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()),
                    (200, "image/jpeg")
                );
                let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
                assert_eq!(&bytes[..], JPG);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_small_jpg_is_a_voucher() {
    on_each(async |world| {
        for path in UPLOADS {
            let send = async |bytes: &[u8]| {
                world.send(&world.developer, Ask::file(path, "imageData", "image/jpeg", bytes)).await
            };
            send(&jpg_of(1_048_575)).await.accepted();
            for bad in [PNG, b"", b"GIF89a", &JPG[..20], &jpg_of(1_048_576), &jpg_of(1_500_000)] {
                send(bad).await.refused_for(40006, "imageData");
            }
            world
                .post(&world.developer, path, json!({"imageData": STANDARD.encode(PNG)}))
                .await
                .refused_for(40006, "imageData");
            world
                .post(&world.developer, path, json!({"imageData": STANDARD.encode(jpg_of(1_048_576))}))
                .await
                .refused_for(40006, "imageData");
            world.post(&world.developer, path, json!({"imageData": "***"})).await.refused_for(40003, "imageData");
            world.post(&world.developer, path, json!({"imageData": 5})).await.refused_for(40003, "imageData");
        }
    })
    .await;
}

#[tokio::test]
async fn another_developer_s_voucher_is_not_mine() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let (mine, theirs) = (world.voucher(me).await, async || {
            // Another picture: the same one may have the same address.
            let other = world.another().await;
            let given =
                world.send(&other, Ask::file(UPLOAD, "imageData", "image/jpeg", &jpg_of(5000))).await.accepted();
            format!("{}/{}", given["imageDomain"].as_str().unwrap(), given["imageRelativeUrl"].as_str().unwrap())
        });
        let theirs = theirs().await;
        let with_vouchers = |urls: &[&str]| with(&before_shipment(&bought), json!({"vouchers": urls}));
        for path in CREATES {
            world.post(me, path, with_vouchers(&[&theirs])).await.refused_for(40006, "vouchers");
            world.post(me, path, with_vouchers(&[&mine, &format!("{mine}?x")])).await.refused_for(40006, "vouchers");
        }
        let id = world.apply(me, with_vouchers(&[&mine])).await;
        let info = world.refund_info(me, &id).await;
        assert!(info["refundOperationList"].as_str().unwrap().contains(&mine), "{info}");
    })
    .await;
}
