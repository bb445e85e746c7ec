//! A database of its own on the PostgreSQL server that the tests were given.

use tokio_postgres::{Client, NoTls};

const URL: &str = "SAMPAN_TEST_DATABASE_URL";

/// Runs `test` with the URL of a fresh database, or says that it was skipped.
pub async fn with(test: impl AsyncFnOnce(String)) {
    let Ok(url) = std::env::var(URL) else {
        eprintln!("skipped on PostgreSQL: {URL} names no server");
        return;
    };
    let name = format!("sampan_kill_{}_{}", std::process::id(), hex::encode(&sampan::app::random()[..4]));
    let keeper = connect(&url).await;
    keeper.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
    test(named(&url, &name)).await;
    let dropped = keeper.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
    dropped.expect("the database can be dropped");
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server of the tests answers");
    tokio::spawn(connection);
    client
}

/// The same server, another database.
fn named(url: &str, name: &str) -> String {
    let (place, options) = url.split_once('?').map_or((url, None), |(place, options)| (place, Some(options)));
    let server = match place.split_once("://").and_then(|(_, rest)| rest.find('/').map(|_| ())) {
        Some(()) => place.rsplit_once('/').map_or(place, |(server, _)| server),
        None => place,
    };
    options.map_or_else(|| format!("{server}/{name}"), |options| format!("{server}/{name}?{options}"))
}

#[test]
fn kill_tests_name_their_database() {
    assert_eq!(named("postgres://u:p@h:1/postgres", "x"), "postgres://u:p@h:1/x");
    assert_eq!(named("postgres://h/postgres?a=b", "x"), "postgres://h/x?a=b");
    assert_eq!(named("postgres://h", "x"), "postgres://h/x");
}
