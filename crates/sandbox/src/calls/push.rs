//! Reading back messages that nobody has acknowledged.
//!
//! These calls belong to the app, not to an account: they need no token.

use crate::{
    api::{Answer, ApiError, Caller, Params},
    economy::{Economy, Push},
};
use alibaba1688::wire::{
    Flag, Int, Text,
    push::{ConfirmAnswer, CursorAnswer, Message, MessagePage, QueryAnswer},
};
use domain::Timestamp;
use serde::Serialize;
use serde_json::Value;

const SIZE: std::ops::RangeInclusive<i64> = 20..=200;
const DEFAULT_SIZE: i64 = 20;

/// `push.query.messageList`: a page, oldest first; reading does not confirm.
pub async fn query_message_list(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let found = wanted(economy, params)?;
    let size = size(params, "pageSize")?;
    let page = params.i64("page")?.unwrap_or(1).max(1);
    let skipped = usize::try_from((page - 1).saturating_mul(size as i64)).unwrap_or(usize::MAX);
    let datas = found.iter().skip(skipped).take(size).filter_map(message).collect();
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    printed(&QueryAnswer { push_message_page: Some(MessagePage { total_count: Some(Int(total)), datas: Some(datas) }) })
}

/// `push.cursor.messageList`: the oldest messages; what it returns counts as confirmed.
pub async fn cursor_message_list(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let mut found = wanted(economy, params)?;
    found.truncate(size(params, "quantity")?);
    let ids: Vec<i64> = found.iter().map(|p| p.id).collect();
    economy.confirm(&ids).await.map_err(ApiError::unavailable)?;
    printed(&CursorAnswer { push_message_list: Some(found.iter().filter_map(message).collect()) })
}

/// `push.message.confirm`. Numbers that wait no more are no error.
pub async fn message_confirm(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let ids: Vec<Int> = params.json("msgIdList")?.unwrap_or_default();
    let ids: Vec<i64> = ids.into_iter().map(|id| id.0).collect();
    economy.confirm(&ids).await.map_err(ApiError::unavailable)?;
    printed(&ConfirmAnswer { is_success: Some(Flag(true)) })
}

/// Undelivered messages in the window, of the topic and of the member that were asked, oldest first.
fn wanted(economy: &Economy, params: &Params) -> Result<Vec<Push>, ApiError> {
    let (from, to) = (time(params, "createStartTime")?, time(params, "createEndTime")?);
    let (topic, member) = (params.str("type"), params.str("userInfo"));
    let mut found = economy.undelivered();
    found.retain(|p| {
        from.is_none_or(|t| p.born_at >= t)
            && to.is_none_or(|t| p.born_at <= t)
            && topic.is_none_or(|t| p.topic == t)
            && member.is_none_or(|m| p.member == m)
    });
    Ok(found)
}

fn time(params: &Params, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let read = |t| Timestamp::from_compact(t).ok_or_else(|| ApiError::invalid(name, "yyyyMMddHHmmssSSSZ"));
    params.str(name).map(read).transpose()
}

fn size(params: &Params, name: &str) -> Result<usize, ApiError> {
    let size = params.i64(name)?.unwrap_or(DEFAULT_SIZE);
    let fits = usize::try_from(size).ok().filter(|_| SIZE.contains(&size));
    fits.ok_or_else(|| ApiError::invalid(name, "20 to 200"))
}

/// The message as it was pushed, with the parts of its topic beside it.
fn message(push: &Push) -> Option<Message<Value>> {
    let mut message: Message<Value> = serde_json::from_str(&push.body).ok()?;
    let (group, name) = push.topic.split_once('_')?;
    message.topic_group = Some(group.to_owned());
    message.topic_name = Some(name.to_owned());
    message.user_info = Some(push.member.clone());
    message.msg_id = Some(Int(push.id));
    message.biz_key = Some(Text::from(push.order.to_string()));
    Some(message)
}

fn printed<T: Serialize>(value: &T) -> Answer {
    Ok(serde_json::to_value(value).expect("wire types have text keys only"))
}
