//! Methods that an operation does not have, and headers that say another one was meant.

use super::{Callers, watch::Watch};
use crate::{
    operations::{ask, example},
    world::on_each,
};
use contract::{OPERATIONS, operation::Method};
use http::Method as Verb;

const OVERRIDES: [&str; 5] =
    ["x-http-method-override", "x-http-method", "x-method-override", "x-original-method", "x-forwarded-method"];
const PATHS: [&str; 4] = ["x-original-url", "x-rewrite-url", "x-forwarded-path", "x-forwarded-prefix"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_header_turns_a_method_into_another() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await;
            let other = if entry.method == Method::Get { Verb::POST } else { Verb::GET };
            for name in OVERRIDES {
                // By the wrong method, though the header names the right one.
                let wrong = ask(entry, &example(entry)).method(other.clone()).header(name, entry.method.name());
                let answer = world.send(&who, wrong).await;
                watch.judge(entry, &answer);
                answer.refused(40401);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_header_turns_a_path_or_a_method_away() {
    on_each(async |world| {
        let me = world.another().await;
        let profile = |ask: crate::ask::Ask| async { world.send(&me, ask).await.accepted() };
        let read = || crate::ask::Ask::post("/developer/profile", &serde_json::json!({}));
        let plain = profile(read()).await;
        for name in OVERRIDES {
            for method in ["DELETE", "GET", "PUT"] {
                assert_eq!(profile(read().header(name, method)).await, plain, "{name}");
            }
        }
        for name in PATHS {
            assert_eq!(profile(read().header(name, "/operator/developer/list")).await, plain, "{name}");
        }
        for path in ["/developer/profile?_method=DELETE", "/developer/profile?path=/operator/developer/list"] {
            assert_eq!(profile(crate::ask::Ask { path: path.to_owned(), ..read() }).await, plain);
        }
    })
    .await;
}

#[tokio::test]
async fn methods_of_the_web_s_plumbing_reach_nothing() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await;
            for verb in ["TRACE", "CONNECT", "PROPFIND", "get", "post", "G\u{45}TX"] {
                let verb = Verb::from_bytes(verb.as_bytes()).expect("a method");
                let answer = world.send(&who, ask(entry, &example(entry)).method(verb)).await;
                watch.judge(entry, &answer);
                let allow = answer.headers.keys().any(|name| name.as_str().starts_with("access-control-"));
                assert!(!allow, "{} is offered to other origins", entry.id);
                answer.refused(40401);
            }
            // An answer to HEAD has no text; that it is the one of no route, its status says.
            let (status, text) = world.page(who.request(&ask(entry, &example(entry)).method(Verb::HEAD))).await;
            assert_eq!(status, 404, "{} {text}", entry.id);
        }
    })
    .await;
}
