//! Developers, users, keys and accounts.

use crate::{
    database::{Place, key, lines},
    samples::{AT, SHOP, access_key, account, conflict, dev, developer, user, usr},
};
use domain::AccountId;
use storage::{
    BackupError, Changes, Error, MasterKey, Storage, What,
    records::{Developer, InstallationSecret, Meta, Standing},
};

pub async fn developers_users_and_accounts_come_back_as_they_went(storage: Storage, _: Place) {
    let changes = Changes::new()
        .insert_developer(&developer(1))
        .insert_developer(&developer(2))
        .insert_user(&user(1, 2))
        .insert_user(&user(1, 1))
        .insert_account(&account(2))
        .insert_account(&account(1));
    storage.commit(changes).await.unwrap();
    assert_eq!(storage.developer(dev(1)).await.unwrap(), Some(developer(1)));
    assert_eq!(storage.developer(dev(3)).await.unwrap(), None);
    assert_eq!(storage.developers().await.unwrap(), [developer(1), developer(2)]);
    assert_eq!(storage.users(dev(1)).await.unwrap(), [user(1, 1), user(1, 2)]);
    assert_eq!(storage.user(dev(1), usr(2)).await.unwrap(), Some(user(1, 2)));
    assert_eq!(storage.user(dev(2), usr(2)).await.unwrap(), None);
    assert_eq!(storage.accounts(SHOP).await.unwrap(), [account(1), account(2)]);
    assert_eq!(storage.account(AccountId::new(2).unwrap()).await.unwrap(), Some(account(2)));
    assert_eq!(storage.default_account(SHOP).await.unwrap(), Some(account(1)));
    storage.ping().await.unwrap();
}

pub async fn a_developer_changes_under_its_version(storage: Storage, _: Place) {
    storage.commit(Changes::new().insert_developer(&developer(1))).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().insert_developer(&developer(1))).await), What::Developer);
    let read = developer(1);
    let changed = Developer { callback_url: None, status: Standing::Disabled, ..read.clone() };
    storage.commit(Changes::new().update_developer(&changed)).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().update_developer(&read)).await), What::Developer);
    assert_eq!(storage.developer(dev(1)).await.unwrap(), Some(Developer { version: 2, ..changed }));
}

pub async fn keys_live_side_by_side_and_expire(storage: Storage, _: Place) {
    let changes = Changes::new().insert_access_key(&access_key(1, "a")).insert_access_key(&access_key(1, "b"));
    storage.commit(changes).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().insert_access_key(&access_key(2, "a"))).await), What::AccessKey);
    assert_eq!(conflict(storage.commit(Changes::new().delete_access_key(dev(2), "a")).await), What::AccessKey);
    storage.commit(Changes::new().expire_access_key(dev(1), "a", AT)).await.unwrap();
    let found = storage.access_key("a").await.unwrap().unwrap();
    assert_eq!(found.expires_at, Some(AT));
    assert_eq!(found.secret.expose_text(), Some("secret of a"));
    storage.commit(Changes::new().delete_access_key(dev(1), "a")).await.unwrap();
    assert_eq!(storage.access_key("a").await.unwrap(), None);
    assert_eq!(storage.access_keys(dev(1)).await.unwrap(), [access_key(1, "b")]);
}

pub async fn tokens_and_secrets_are_sealed_and_can_be_sealed_again(storage: Storage, place: Place) {
    storage.commit(Changes::new().insert_access_key(&access_key(1, "a")).insert_account(&account(1))).await.unwrap();
    let mut read = storage.account(account(1).id).await.unwrap().unwrap();
    read.tokens = Some(storage::Secret::new("fresh"));
    storage.commit(Changes::new().update_account(&read)).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().update_account(&read)).await), What::Account);
    let both = place.open(key(2)).await;
    assert_eq!(both.reseal().await.unwrap(), 2);
    assert_eq!(both.reseal().await.unwrap(), 0);
    assert_eq!(both.access_key("a").await.unwrap(), Some(access_key(1, "a")));
    assert_eq!(both.account(read.id).await.unwrap().unwrap().tokens, read.tokens);
    both.check_keys().await.unwrap();
    assert!(matches!(storage.access_key("a").await, Err(Error::Sealed(_))), "the old key alone does not open it");
    assert!(matches!(storage.check_keys().await, Err(Error::Sealed(_))));
    both.close().await;
}

pub async fn master_keys_are_exchanged_while_secrets_are_written(storage: Storage, place: Place) {
    let name = |n: usize| format!("key {n:04}");
    for n in 0..450 {
        storage.commit(Changes::new().insert_access_key(&access_key(1, &name(n)))).await.unwrap();
    }
    storage.commit(Changes::new().insert_account(&account(1))).await.unwrap();
    let writing = storage.clone();
    let writer = tokio::spawn(async move {
        for n in 450..650 {
            writing.commit(Changes::new().insert_access_key(&access_key(1, &name(n)))).await.unwrap();
        }
    });
    let rotated = storage.rotate(key(2)).await.unwrap();
    assert_eq!((rotated.version, rotated.unused), (2, vec![1]));
    assert!(rotated.resealed >= 451, "{}", rotated.resealed);
    writer.await.unwrap();
    assert_eq!(storage.reseal().await.unwrap(), 0, "nothing was left behind");
    let alone = MasterKey::parse(lines(2).lines().last().unwrap()).unwrap();
    let later = place.open(alone).await;
    assert_eq!(later.access_keys(dev(1)).await.unwrap().len(), 650);
    assert_eq!(later.account(account(1).id).await.unwrap(), Some(account(1)));
    later.close().await;
}

pub async fn a_backup_opens_with_the_same_keys(storage: Storage, place: Place) {
    storage
        .commit(Changes::new().insert_developer(&developer(1)).insert_access_key(&access_key(1, "a")))
        .await
        .unwrap();
    let Place::File(file) = place else {
        assert!(matches!(storage.backup("/nowhere").await, Err(BackupError::NotHere)));
        return;
    };
    let to = file.with_file_name("copy.db");
    storage.backup(&to).await.unwrap();
    assert!(matches!(storage.backup(&to).await, Err(BackupError::Taken(_))));
    let copy = Place::File(to).open(key(1)).await;
    assert_eq!(copy.developer(dev(1)).await.unwrap(), Some(developer(1)));
    assert_eq!(copy.access_key("a").await.unwrap(), Some(access_key(1, "a")));
    copy.close().await;
}

pub async fn a_user_belongs_to_one_developer(storage: Storage, _: Place) {
    storage.commit(Changes::new().insert_user(&user(1, 1))).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().insert_user(&user(2, 1))).await), What::User);
    let renamed = storage::records::User { name: "other".into(), ..user(1, 1) };
    storage.commit(Changes::new().replace_user(&renamed)).await.unwrap();
    assert_eq!(storage.users(dev(1)).await.unwrap(), [renamed]);
}

pub async fn facts_of_the_installation(storage: Storage, _: Place) {
    let fact = |value: &str| Meta { name: "seed".into(), value: value.into() };
    storage.commit(Changes::new().insert_meta(&fact("1"))).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().insert_meta(&fact("2"))).await), What::Meta);
    assert_eq!(storage.meta("seed").await.unwrap().as_deref(), Some("1"));
    storage.commit(Changes::new().put_meta(&fact("3"))).await.unwrap();
    assert_eq!(storage.meta("seed").await.unwrap().as_deref(), Some("3"));
    assert_eq!(storage.meta("other").await.unwrap(), None);
}

pub async fn a_secret_of_the_installation_is_made_once_and_sealed_again(storage: Storage, place: Place) {
    let secret = |value: &str| InstallationSecret { name: "id_key".into(), value: storage::Secret::new(value) };
    storage.commit(Changes::new().insert_installation_secret(&secret("first"))).await.unwrap();
    let again = storage.commit(Changes::new().insert_installation_secret(&secret("second"))).await;
    assert_eq!(conflict(again), What::InstallationSecret);
    assert_eq!(storage.rotate(key(2)).await.unwrap().resealed, 1);
    assert_eq!(storage.installation_secret("id_key").await.unwrap(), Some(secret("first")));
    assert_eq!(storage.installation_secret("other").await.unwrap(), None);
    let alone = MasterKey::parse(lines(2).lines().last().unwrap()).unwrap();
    let later = place.open(alone).await;
    later.check_keys().await.unwrap();
    assert_eq!(later.installation_secret("id_key").await.unwrap(), Some(secret("first")));
    later.close().await;
    let old = place.open(key(1)).await;
    assert!(matches!(old.check_keys().await, Err(Error::Sealed(_))));
    old.close().await;
}

pub async fn opening_again_finds_everything_and_many_may_open_at_once(storage: Storage, place: Place) {
    storage.commit(Changes::new().insert_developer(&developer(1))).await.unwrap();
    let before = storage.ids(1).await.unwrap();
    let opened: Vec<_> = (0..4)
        .map(|_| {
            let place = place.clone();
            tokio::spawn(async move { place.open(key(1)).await })
        })
        .collect();
    for again in opened {
        let again = again.await.unwrap();
        assert_eq!(again.developer(dev(1)).await.unwrap(), Some(developer(1)));
        assert!(again.ids(1).await.unwrap() > before);
        again.close().await;
        assert!(again.developer(dev(1)).await.is_err(), "closed");
    }
}
