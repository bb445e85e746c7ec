//! The operator's care of a working installation: backups, master keys.

use crate::{
    ask::Ask,
    database::Database,
    persona::Persona,
    purchase::{Bought, create_body, goods, line},
    receiver::Receiver,
    world::{World, on_each, on_each_changing},
};
use contract::callback::Base;
use sampan::app::App;
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tempfile::TempDir;

const BACKUP: &str = "/operator/backup";
const ROTATE: &str = "/operator/key/rotate";
const CREATE: &str = "/alibaba/order/create";
const RESET: &str = "/developer/secret/reset";

/// Goes on buying until told to stop; remembers each order once it was acknowledged.
async fn buy_on(world: &World, me: &Persona, bought: &Mutex<Vec<i64>>, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
        let created = world.post(me, CREATE, create_body(lines)).await.accepted();
        bought.lock().unwrap().push(Bought::of(&created[0]).order);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("the file is there").permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_holds_every_write_that_was_acknowledged_before() {
    let folder = TempDir::new().unwrap();
    let file = Database::file(folder.path());
    let world = World::start(folder, file).await;
    let me = world.another().await;
    let (bought, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let backup = async {
        let enough = async || bought.lock().unwrap().len() >= 8;
        crate::world::until("the load runs", async || enough().await.then_some(())).await;
        let before = bought.lock().unwrap().clone();
        let made = world.post(&world.operator, BACKUP, json!({"file": "night.db"})).await.accepted();
        stop.store(true, Ordering::SeqCst);
        (before, made)
    };
    let (_, _, (before, made)) =
        tokio::join!(buy_on(&world, &me, &bought, &stop), buy_on(&world, &me, &bought, &stop), backup);

    let (file, beside) = (path(&made, "file"), path(&made, "sandboxFile"));
    assert_eq!(file, world.config.data.join("backups/night.db").canonicalize().unwrap().to_str().unwrap());
    assert_eq!(made["bytes"].as_u64(), Some(fs::metadata(&file).unwrap().len()));
    assert_eq!(made["sandboxBytes"].as_u64(), Some(fs::metadata(&beside).unwrap().len()));
    assert_eq!((mode(Path::new(&file)), mode(Path::new(&beside))), (0o600, 0o600));

    let elsewhere = TempDir::new().unwrap();
    fs::create_dir(elsewhere.path().join("sandbox")).unwrap();
    fs::copy(&file, elsewhere.path().join("sampan.db")).unwrap();
    fs::copy(&beside, elsewhere.path().join("sandbox/economy.sqlite")).unwrap();
    fs::copy(world.config.data.join("master.key"), elsewhere.path().join("master.key")).unwrap();
    world.end().await;
    let file = Database::file(elsewhere.path());
    let restored = World::start(elsewhere, file).await;
    for order in &before {
        assert_eq!(restored.order_status(&me, *order).await, "waitbuyerpay", "order {order}, with the old key");
    }
    restored.pay(&me, before[0]).await;
    restored.order(&me, goods::JEANS, &[1]).await;
    restored.end().await;
}

fn path(made: &Value, field: &str) -> String {
    made[field].as_str().unwrap_or_else(|| panic!("{field} in {made}")).to_owned()
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_is_the_operators() {
    on_each(async |world| {
        world.post(&world.developer, BACKUP, json!({"file": "a.db"})).await.refused(40301);
        for bad in ["", "a/b", "../a", "/"] {
            world.post(&world.operator, BACKUP, json!({"file": bad})).await.refused_for(40003, "file");
        }
        if matches!(world.database, Database::Schema { .. }) {
            let advice = world.post(&world.operator, BACKUP, json!({"file": "a.db"})).await.refused(40304);
            assert!(advice.msg().contains("pg_dump"), "{}", advice.msg());
            assert!(!world.config.data.join("backups/a.db").exists());
            return;
        }
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("a.db");
        let beside = folder.path().join("a.db.sandbox");
        for taken in [&file, &beside] {
            fs::write(taken, "mine").unwrap();
            world.post(&world.operator, BACKUP, json!({"file": file})).await.refused_for(40003, "there already");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left");
            fs::remove_file(taken).unwrap();
        }
        world.post(&world.operator, BACKUP, json!({"file": file})).await.accepted();
        let nowhere = folder.path().join("no/a.db");
        world.post(&world.operator, BACKUP, json!({"file": nowhere})).await.refused_for(40003, "file");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_master_key_is_exchanged_under_load_and_the_old_one_may_go() {
    on_each_changing(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(&world, &me).await;
        let other = Mutex::new(world.another().await);
        let (bought, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
        let renew_on = async {
            while !stop.load(Ordering::SeqCst) {
                let now = other.lock().unwrap().clone();
                let key = world.post(&now, RESET, json!({"overlapSeconds": 600})).await.accepted();
                let text = |name: &str| key[name].as_str().unwrap().to_owned();
                let new = Persona { access_key: text("accessKey"), access_secret: text("accessSecret"), ..now };
                *other.lock().unwrap() = new;
            }
        };
        let rotate = async {
            let mut last = Value::Null;
            for version in [2, 3] {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                last = world.post(&world.operator, ROTATE, json!({})).await.accepted();
                assert_eq!(last["version"], version);
                assert!(last["resealed"].as_i64().unwrap() >= 7, "3 accounts and 4 keys at least: {last}");
            }
            stop.store(true, Ordering::SeqCst);
            last
        };
        let (_, _, rotated) = tokio::join!(buy_on(&world, &me, &bought, &stop), renew_on, rotate);
        assert_eq!(rotated["unused"], json!([2, 1]));
        let bought = bought.into_inner().unwrap();
        for arrived in receiver.wait_for(bought.len()).await {
            arrived.prove(&me, Base::RawBody);
        }

        let world = world
            .restart_after(async |config| {
                let file = config.data.join("master.key");
                assert_eq!(mode(&file), 0o600);
                let text = fs::read_to_string(&file).unwrap();
                let versions: Vec<&str> = text.lines().filter_map(|l| l.split(':').next()).collect();
                assert_eq!(versions, ["1", "2", "3"]);
                fs::write(&file, text.lines().last().unwrap()).unwrap();
            })
            .await;
        world.pay(&me, bought[0]).await;
        let other = other.into_inner().unwrap();
        world.post(&other, "/developer/profile", json!({})).await.accepted();
        receiver
            .wait("the payment is told", |a| a.message_type() == "ORDER_BUYER_VIEW_ORDER_PAY")
            .await
            .prove(&me, Base::RawBody);
        world
    })
    .await;
}

/// A key as a random number generator gives it.
const DRAWN: &str = "4a93e1c05d7b62f81e0f3bd6a7c9485590b2d4e6183c7fa5e2610d9b8f47a3cc";

#[tokio::test]
async fn a_master_key_of_the_configuration_is_not_exchanged_here() {
    let folder = TempDir::new().unwrap();
    let database = Database::file(folder.path());
    let mut config = World::config(&folder, &database);
    config.master_key = Some(format!("4:{DRAWN}").into());
    let world = World::run(folder, database, config).await;
    let advice = world.post(&world.operator, ROTATE, json!({})).await.refused(40304);
    assert!(advice.msg().contains("master_key_file"), "{}", advice.msg());
    world.send(&world.developer, Ask::post(ROTATE, &json!({}))).await.refused(40301);
    world.end().await;
}

#[tokio::test]
async fn a_start_without_the_right_master_key_is_refused() {
    let folder = TempDir::new().unwrap();
    let (database, key) = (Database::file(folder.path()), folder.path().join("master.key"));
    let config = World::config(&folder, &database);
    App::start(&config).await.unwrap().stop().await;
    let right = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let refused = App::start(&config).await.err().expect("no start");
    assert!(refused.contains("master.key does not open"), "{refused}");
    fs::write(&key, right).unwrap();
    World::start(folder, database).await.end().await;
}
