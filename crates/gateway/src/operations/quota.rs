//! What a developer may still ask.

use crate::{
    Call, Routes,
    handler::Refusal,
    limits::{DayReading, Reading},
};
use contract::{
    limits::RouteClass,
    operations::developer::QuotaGet,
    view::quota::{ClassQuota, DayQuota, DeveloperQuota},
};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.on::<QuotaGet, _, _, _>(quota)
}

async fn quota(call: Call<QuotaGet>) -> Result<DeveloperQuota, Refusal> {
    let classes = call.limits.classes(&call.caller.access_key).into_iter().map(class).collect();
    let day = call.limits.day(&call.platform, &call.caller).await?;
    Ok(DeveloperQuota { classes, day: day.map(of_day) })
}

fn class((class, reading): (RouteClass, Option<Reading>)) -> ClassQuota {
    let number = |of: fn(&Reading) -> u32| reading.as_ref().map(|reading| i64::from(of(reading)));
    ClassQuota {
        class: class.word().to_owned(),
        limit: number(|reading| reading.rate.requests.get()),
        window_seconds: number(|reading| reading.rate.seconds.get()),
        remaining: number(|reading| reading.remaining),
        reset_seconds: number(|reading| reading.reset),
    }
}

fn of_day(day: DayReading) -> DayQuota {
    DayQuota {
        limit: i64::from(day.limit),
        used: day.used,
        remaining: day.remaining(),
        reset_seconds: i64::from(day.reset),
        reset_at: day.reset_at.into(),
    }
}
