//! The operator's commands on developers.

use super::developer::new_key;
use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::operator::{DeveloperCreate, DeveloperList, DeveloperResetSecret, DeveloperShow},
    view::{
        developer::NewKey,
        operator::{DeveloperCreated, DeveloperPage, DeveloperRow},
    },
};
use platform::operator::{DeveloperEntry, NewDeveloper};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<DeveloperCreate, _, _, _>(create)
        .on::<DeveloperList, _, _, _>(list)
        .on::<DeveloperShow, _, _, _>(show)
        .on::<DeveloperResetSecret, _, _, _>(reset)
}

async fn create(call: Call<DeveloperCreate>) -> Result<DeveloperCreated, Refusal> {
    let new = NewDeveloper {
        id: None,
        name: call.request.name()?.to_owned(),
        editions: call.request.editions()?.into_iter().map(str::to_owned).collect(),
        message_edition: call.request.message_edition()?.to_owned(),
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

fn row(entry: DeveloperEntry) -> DeveloperRow {
    let developer = entry.developer;
    DeveloperRow {
        develop_id: developer.id.to_string(),
        name: developer.name,
        status: developer.status.word().to_owned(),
        editions: developer.editions.split(',').map(str::to_owned).collect(),
        message_edition: developer.message_edition,
        default_user_id: developer.default_user.to_string(),
        access_keys: entry.access_keys,
        callback_url: developer.callback_url,
        callback_verified: developer.callback_verified_at.is_some(),
        created_at: developer.created_at.into(),
    }
}
