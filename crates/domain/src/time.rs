//! Time: milliseconds since the epoch, UTC. Texts without a zone mean UTC+8 everywhere in this field.

use jiff::{civil::DateTime, tz::Offset};
use serde::{Deserialize, Serialize};

const BEIJING: Offset = Offset::constant(8);
const DAY_MS: i64 = 24 * 3_600_000;

/// An instant in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    pub const fn plus_secs(self, seconds: i64) -> Self {
        self.plus_ms(seconds.saturating_mul(1000))
    }

    /// Milliseconds from `earlier` to this instant.
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Writes the instant over the first six bytes of a random id, so that ids sort by the time they were made.
    pub fn stamp(self, id: &mut [u8; 16]) {
        let [_, _, time @ ..] = self.0.to_be_bytes();
        for (byte, of_time) in id.iter_mut().zip(time) {
            *byte = of_time;
        }
    }

    /// The wall clock of UTC+8 at this instant. Instants outside the calendar's range become its bounds.
    pub fn beijing(self) -> DateTime {
        let bounded = self.0.clamp(jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_millisecond());
        jiff::Timestamp::from_millisecond(bounded).map_or(DateTime::ZERO, |t| BEIJING.to_datetime(t))
    }

    /// When the day of UTC+8 began that this instant lies in.
    pub const fn beijing_day(self) -> Self {
        let offset = 8 * 3_600_000;
        Self(self.0.saturating_sub(self.0.saturating_add(offset).rem_euclid(DAY_MS)))
    }

    /// The instant at which the clocks of UTC+8 show `civil`.
    pub fn from_beijing(civil: DateTime) -> Option<Self> {
        BEIJING.to_timestamp(civil).ok().map(|t| Self(t.as_millisecond()))
    }

    /// `yyyy-MM-dd HH:mm:ss` in UTC+8.
    pub fn text(self) -> String {
        self.beijing().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Reads `yyyy-MM-dd HH:mm:ss` as UTC+8.
    pub fn from_text(text: &str) -> Option<Self> {
        DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok().and_then(Self::from_beijing)
    }

    /// `yyyy-MM-ddTHH:mm:ss.SSS+08:00`.
    pub fn iso(self) -> String {
        let t = self.beijing();
        format!("{}.{:03}+08:00", t.strftime("%Y-%m-%dT%H:%M:%S"), t.millisecond())
    }

    /// Reads ISO-8601 with an offset or `Z`.
    pub fn from_iso(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_millisecond()))
    }

    /// Reads the date of an HTTP header, `Sun, 06 Nov 1994 08:49:37 GMT`.
    pub fn from_http(text: &str) -> Option<Self> {
        let civil = DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
        Offset::UTC.to_timestamp(civil).ok().map(|t| Self(t.as_millisecond()))
    }

    /// `yyyyMMddHHmmssSSS+0800`, the form of the 1688 open platform and of its orders as we hand them on.
    pub fn compact(self) -> String {
        let t = self.beijing();
        format!("{}{:03}+0800", t.strftime("%Y%m%d%H%M%S"), t.millisecond())
    }

    /// Reads `yyyyMMddHHmmssSSSZ` with any numeric offset.
    pub fn from_compact(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.len() != 22 {
            return None;
        }
        let civil = DateTime::strptime("%Y%m%d%H%M%S", &text[..14]).ok()?;
        let ms: i64 = text[14..17].parse().ok()?;
        let offset = offset_minutes(&text[17..])?;
        let utc = Offset::UTC.to_timestamp(civil).ok()?.as_millisecond();
        Some(Self(utc + ms - offset * 60_000))
    }
}

fn offset_minutes(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours: i64 = text.get(1..3)?.parse().ok()?;
    let minutes: i64 = text.get(3..5)?.parse().ok()?;
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_the_same_instant() {
        let t = Timestamp::from_iso("2026-04-20T15:24:07.000+08:00").unwrap();
        assert_eq!(t.iso(), "2026-04-20T15:24:07.000+08:00");
        assert_eq!(t.text(), "2026-04-20 15:24:07");
        assert_eq!(t.compact(), "20260420152407000+0800");
        assert_eq!(Timestamp::from_text(&t.text()), Some(t));
        assert_eq!(Timestamp::from_compact(&t.compact()), Some(t));
        assert_eq!(Timestamp::from_compact("20260420072407000+0000"), Some(t));
        assert_eq!(Timestamp::from_http("Mon, 20 Apr 2026 07:24:07 GMT"), Some(t));
    }

    #[test]
    fn a_day_begins_at_midnight_of_utc_8() {
        let began = Timestamp::from_text("2026-04-20 00:00:00").unwrap();
        for text in ["2026-04-20 00:00:00", "2026-04-20 07:59:59", "2026-04-20 23:59:59"] {
            assert_eq!(Timestamp::from_text(text).unwrap().beijing_day(), began, "{text}");
        }
        assert_eq!(began.plus_ms(-1).beijing_day(), began.plus_ms(-DAY_MS));
        assert!(Timestamp(-1).beijing_day() < Timestamp(-1));
    }

    #[test]
    fn odd_texts_are_refused_not_guessed() {
        for bad in ["", "2026-04-20", "20260420152407000", "2026042015240700é+0800", "20261320152407000+0800"] {
            assert_eq!(Timestamp::from_compact(bad), None, "{bad}");
        }
        assert_eq!(Timestamp(i64::MAX).text().len(), 19);
    }
}
