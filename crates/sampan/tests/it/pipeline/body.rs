//! The body: its size, its form, its kind.

use super::{READ, WRITE};
use crate::{
    ask::Ask,
    claim::{JPG, UPLOAD},
    world::on_each,
};
use serde_json::json;

const KIB: usize = 1024;

/// A JSON object of exactly this many bytes.
fn object_of(bytes: usize) -> String {
    let (begin, end) = (r#"{"filler":""#, r#""}"#);
    format!("{begin}{}{end}", "x".repeat(bytes - begin.len() - end.len()))
}

#[tokio::test]
async fn a_body_has_at_most_256_kib() {
    on_each(async |world| {
        let me = &world.developer;
        for path in [READ, WRITE, "/alibaba/order/page"] {
            world.send(me, Ask::raw(path, object_of(256 * KIB))).await.accepted();
            for ask in [Ask::raw(path, object_of(256 * KIB + 1)), Ask::raw(path, object_of(256 * KIB + 1)).chunked()] {
                world.send(me, ask).await.refused(41301);
            }
        }
        // Announced, and never sent.
        world.send(me, Ask::raw(READ, "{}").header("content-length", "99999999")).await.refused(41301);
    })
    .await;
}

#[tokio::test]
async fn a_voucher_upload_has_at_most_2_mib() {
    on_each(async |world| {
        let me = &world.developer;
        let answer = world.send(me, Ask::raw(UPLOAD, object_of(2048 * KIB))).await;
        answer.refused_for(40002, "imageData");
        world.send(me, Ask::raw(UPLOAD, object_of(2048 * KIB + 1))).await.refused(41301);
        world
            .send(me, Ask::raw("/alibaba/ka/refund/voucher/upload", object_of(2048 * KIB + 1)).chunked())
            .await
            .refused(41301);
    })
    .await;
}

#[tokio::test]
async fn a_body_is_one_json_object() {
    on_each(async |world| {
        let me = &world.developer;
        for text in ["{", "[]", "1", "\"x\"", "null", "{} {}", "{\"a\":}", "{'a':1}", "\u{feff}{}", "{\"a\":1,}"] {
            world.send(me, Ask::raw(READ, text.to_owned())).await.refused_for(40001, "body");
        }
        world.send(me, Ask::raw(READ, vec![b'{', b'"', 0xff, 0xfe, b'"', b':', b'1', b'}'])).await.refused(40001);
        for text in ["", " \n\t", "{}", " { } "] {
            world.send(me, Ask::raw(READ, text.to_owned())).await.accepted();
        }
    })
    .await;
}

#[tokio::test]
async fn the_content_type_is_json_or_left_out() {
    on_each(async |world| {
        let me = &world.developer;
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data; boundary=x"]
        {
            world.send(me, Ask::raw(READ, "{}").content_type(kind)).await.refused_for(40001, "content-type");
        }
        for kind in ["application/json; charset=UTF-8", "Application/JSON"] {
            world.send(me, Ask::raw(READ, "{}").content_type(kind)).await.accepted();
        }
        world.send(me, Ask { content_type: None, ..Ask::raw(READ, "{}") }).await.accepted();
        world.send(me, Ask::file("/alibaba/refund/info", "refundId", "text/plain", b"TQ1")).await.refused(40001);
    })
    .await;
}

#[tokio::test]
async fn nesting_beyond_64_levels_is_malformed() {
    on_each(async |world| {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        world.send(&world.developer, Ask::raw(READ, nested(64))).await.accepted();
        world.send(&world.developer, Ask::raw(READ, nested(65))).await.refused(40001);
        world.send(&world.developer, Ask::raw(READ, "[".repeat(200_000))).await.refused(40001);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_cut_or_has_no_such_part_is_refused() {
    on_each(async |world| {
        let me = &world.developer;
        world.send(me, Ask::file(UPLOAD, "other", "image/jpeg", JPG)).await.refused_for(40002, "imageData");
        let whole = Ask::file(UPLOAD, "imageData", "image/jpeg", JPG);
        let cut = Ask { body: whole.body.slice(..whole.body.len() - 40), ..whole };
        world.send(me, cut).await.refused(40001);
        world.send(me, Ask::post(UPLOAD, &json!({})).content_type("multipart/form-data")).await.refused(40001);
    })
    .await;
}
