//! What the marketplace tells: each of its topics as a callback of each edition, and what is missed all the same.

mod drift;
mod read_back;
mod topics;

use crate::{ask::Ask, database::Database, world::World};
use sampan::config::{Config, Events};
use serde_json::json;
use tempfile::TempDir;

/// Rounds that are never made while a test runs, but for the first.
pub const NEVER: i64 = 86_400;

/// Plays a scenario on each storage, with these intervals.
pub async fn on_each_with(events: Events, scenario: impl AsyncFn(World) -> World) {
    let folder = TempDir::new().expect("a folder");
    let mut places = vec![(Database::file(folder.path()), folder)];
    if let Some(schema) = Database::schema().await {
        places.push((schema, TempDir::new().expect("a folder")));
    }
    for (database, folder) in places {
        let config = Config { events: events.clone(), ..World::config(&folder, &database) };
        scenario(World::run(folder, database, config).await).await.end().await;
    }
}

impl World {
    /// What becomes of the marketplace's pushes: `posted`, `read_back` or `withheld`.
    pub async fn let_pushes(&self, travel: &str) {
        self.control("/sandbox/control/pushes", json!({ "travel": travel })).await;
    }

    /// How many pushes nobody has acknowledged.
    pub async fn pushes_waiting(&self) -> i64 {
        let (status, text) = self.page(self.operator.request(&Ask::get("/sandbox/control/pushes", &[]))).await;
        assert_eq!(status, 200, "{text}");
        let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        told["waiting"].as_i64().expect("a number")
    }

    /// Whether every push was delivered, and every look that followed is over.
    pub async fn is_calm(&self) -> bool {
        if self.pushes_waiting().await > 0 {
            return false;
        }
        let health = self.post(&self.operator, "/operator/health", json!({})).await.accepted();
        health["queues"]["observationsDue"] == 0
    }

    /// A counter of `/metrics`, over all label sets that contain `label`.
    pub async fn counted(&self, name: &str, label: &str) -> i64 {
        let (status, text) = self.page(self.operator.request(&Ask::get("/metrics", &[]))).await;
        assert_eq!(status, 200);
        let lines = text.lines().filter(|line| line.starts_with(&format!("{name}{{")) && line.contains(label));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<i64>().ok()).sum()
    }
}
