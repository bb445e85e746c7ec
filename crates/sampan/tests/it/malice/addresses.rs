//! API7: where a callback may not go, as the developer is told it. What is called, and by which resolved address, is held
//! in `messages/tests/it/hostile.rs`.

use crate::{
    receiver::Receiver,
    world::{World, on_each_changing},
};
use serde_json::json;

/// Hosts that lead inside, in every spelling that a URL knows.
const INSIDE: [&str; 44] = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0177.0x0.1",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "１２７.0.0.1",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "167772161",
    "0x0a000001",
    "012.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "172.16.0.1",
    "192.168.0.1",
    "192.168.257",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[fd00::1]",
    "[fe80::1]",
];

/// What is no address of a receiver at all.
const NOWHERE: [&str; 16] = [
    "https://",
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "https://example.com@127.0.0.1/",
    "https://127.0.0.1#@example.com/",
    "https://127.0.0.1\\@example.com/",
    "https://256.256.256.256/",
    "https://1.2.3.4.5/",
    "https://[::1/",
    "https://[fe80::1%25eth0]/",
    "https://example.com:0x50/",
    "https://example.com\t.evil/",
    "https://example.com/\r\nHost: 127.0.0.1",
    "gopher://127.0.0.1:25/x",
    "javascript:alert(1)",
    "unix:///var/run/docker.sock",
];

/// An installation that allows no range, as one on a public address.
async fn strict(world: World) -> World {
    let mut config = world.config.clone();
    config.callbacks.allow = Some(Vec::new());
    world.restart_with(config).await
}

#[tokio::test]
async fn no_spelling_of_an_inside_address_is_taken() {
    on_each_changing(async |world| {
        let world = strict(world).await;
        let me = world.another().await;
        for host in INSIDE {
            for url in [format!("https://{host}/"), format!("https://{host}:8443/x?y"), format!("HTTPS://{host}")] {
                world.post(&me, "/developer/callback/set", json!({ "url": url })).await.refused_for(40003, "url");
            }
            let url = format!("http://{host}/");
            world.post(&me, "/developer/callback/set", json!({ "url": url })).await.refused_for(40003, "url");
        }
        for url in NOWHERE {
            world.post(&me, "/developer/callback/set", json!({ "url": url })).await.refused_for(40003, "url");
        }
        let callback = world.post(&me, "/developer/callback/get", json!({})).await.accepted();
        assert!(callback["url"].is_null(), "{callback}");
        world
    })
    .await;
}

/// A name is not an address: it is taken, and what it leads to is judged when it is called.
#[tokio::test]
async fn a_name_that_leads_inside_is_not_called() {
    on_each_changing(async |world| {
        let world = strict(world).await;
        let me = world.another().await;
        let receiver = Receiver::open().await;
        let port = receiver.url.rsplit(':').next().expect("a port").to_owned();
        for name in ["localhost", "LOCALHOST"] {
            let url = format!("https://{name}:{port}");
            world.post(&me, "/developer/callback/set", json!({ "url": url })).await.accepted();
            let told = world.post(&me, "/developer/callback/verify", json!({})).await.accepted();
            assert_eq!(told["passed"], false, "{told}");
            assert!(told.to_string().contains("address denied"), "{told}");
        }
        assert!(receiver.arrived().is_empty());
        world
    })
    .await;
}
