//! The operator's commands on developers.

use super::developer::new_key;
use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::{
        operator::{DeveloperCreate, DeveloperList, DeveloperResetSecret, DeveloperShow},
        operator_set::{DeveloperSet, UserCreate, UserSet},
    },
    view::{
        developer::NewKey,
        operator::{DeveloperCreated, DeveloperPage, DeveloperRow, UserRow},
    },
};
use platform::{
    account::{NonceRule, SignatureRule},
    developer::User,
    operator::{DeveloperChange, DeveloperEntry, NewDeveloper},
};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<DeveloperCreate, _, _, _>(create)
        .on::<DeveloperList, _, _, _>(list)
        .on::<DeveloperShow, _, _, _>(show)
        .on::<DeveloperResetSecret, _, _, _>(reset)
        .on::<DeveloperSet, _, _, _>(set)
        .on::<UserCreate, _, _, _>(create_user)
        .on::<UserSet, _, _, _>(set_user)
}

async fn create(call: Call<DeveloperCreate>) -> Result<DeveloperCreated, Refusal> {
    let new = NewDeveloper {
        id: None,
        name: call.request.name()?.to_owned(),
        editions: call.request.editions()?.into_iter().map(str::to_owned).collect(),
        message_edition: call.request.message_edition()?.to_owned(),
        include_upstream: false,
    };
    let made = call.platform.create_developer(&call.ticket, new).await?;
    Ok(DeveloperCreated {
        develop_id: made.id.to_string(),
        access_key: made.key.access_key,
        access_secret: made.key.secret,
        user_id: made.user.to_string(),
    })
}

async fn list(call: Call<DeveloperList>) -> Result<DeveloperPage, Refusal> {
    let (page, size) = call.request.paging()?;
    let (entries, total) = call.platform.developers(page, size).await?;
    Ok(DeveloperPage {
        records: entries.into_iter().map(row).collect(),
        total: i64::try_from(total).unwrap_or(i64::MAX),
        size: i64::from(size),
        current: i64::from(page),
    })
}

async fn show(call: Call<DeveloperShow>) -> Result<DeveloperRow, Refusal> {
    Ok(row(call.platform.developer_entry(call.request.developer()?).await?))
}

async fn reset(call: Call<DeveloperResetSecret>) -> Result<NewKey, Refusal> {
    let (developer, overlap) = (call.request.developer()?, call.request.overlap()?);
    Ok(new_key(call.platform.reset_secret(developer, &call.ticket, overlap).await?))
}

async fn set(call: Call<DeveloperSet>) -> Result<DeveloperRow, Refusal> {
    let ask = &call.request;
    let change = DeveloperChange {
        enabled: ask.enabled()?,
        editions: ask.editions()?.map(|names| names.into_iter().map(str::to_owned).collect()),
        message_edition: ask.message_edition()?.map(str::to_owned),
        nonce_rule: ask.nonce_rule()?.and_then(NonceRule::parse),
        include_upstream: ask.include_upstream,
        signature_rule: ask.signature_rule()?.and_then(SignatureRule::parse),
    };
    Ok(row(call.platform.set_developer(&call.ticket, ask.developer()?, change).await?))
}

async fn create_user(call: Call<UserCreate>) -> Result<UserRow, Refusal> {
    let (developer, name) = (call.request.developer()?, call.request.name()?);
    Ok(user(call.platform.create_user(&call.ticket, developer, name).await?))
}

async fn set_user(call: Call<UserSet>) -> Result<UserRow, Refusal> {
    let ask = &call.request;
    Ok(user(call.platform.set_user(&call.ticket, ask.developer()?, ask.user()?, ask.enabled()?).await?))
}

fn user(user: User) -> UserRow {
    UserRow {
        develop_id: user.developer_id.to_string(),
        user_id: user.user_id.to_string(),
        name: user.name,
        status: user.status.word().to_owned(),
    }
}

fn row(entry: DeveloperEntry) -> DeveloperRow {
    let developer = entry.developer;
    DeveloperRow {
        develop_id: developer.id.to_string(),
        name: developer.name,
        status: developer.status.word().to_owned(),
        editions: developer.editions.split(',').map(str::to_owned).collect(),
        message_edition: developer.message_edition,
        nonce_rule: entry.nonce_rule.word().to_owned(),
        include_upstream: entry.include_upstream,
        signature_rule: entry.signature_rule.word().to_owned(),
        default_user_id: developer.default_user.to_string(),
        access_keys: entry.access_keys,
        callback_url: developer.callback_url,
        callback_verified: developer.callback_verified_at.is_some(),
        callback_paused_at: developer.callback_paused_at.map(Into::into),
        created_at: developer.created_at.into(),
    }
}
