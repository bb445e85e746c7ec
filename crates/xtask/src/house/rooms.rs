//! The rooms and the arrows between them: the table of the architecture as data, and the comparison with
//! `cargo metadata`.
//!
//! Arrows are direct and complete: what a row does not name, its crate may not use. Dev-dependencies are free, because
//! tests look at both ends. A room of the table that is not built yet is fine; a crate that is not in the table is not.

use serde_json::Value;

/// What a room may use.
#[derive(Debug, Clone, Copy)]
enum Uses {
    Rooms(&'static [&'static str]),
    All,
}

const ROOMS: &[(&str, Uses)] = &[
    ("domain", Uses::Rooms(&[])),
    ("contract", Uses::Rooms(&["domain"])),
    ("journal", Uses::Rooms(&[])),
    ("connector", Uses::Rooms(&["domain"])),
    ("alibaba1688", Uses::Rooms(&["domain", "connector"])),
    ("taobao", Uses::Rooms(&["domain", "connector"])),
    ("poizon", Uses::Rooms(&["domain", "connector"])),
    ("alibabacom", Uses::Rooms(&["domain", "connector"])),
    ("sandbox", Uses::Rooms(&["domain", "journal", "connector", "alibaba1688", "taobao", "poizon", "alibabacom"])),
    ("storage", Uses::Rooms(&["domain", "journal"])),
    ("messages", Uses::Rooms(&["domain", "contract", "storage"])),
    ("platform", Uses::Rooms(&["domain", "connector", "storage", "messages"])),
    ("gateway", Uses::Rooms(&["domain", "contract", "platform"])),
    ("portal", Uses::Rooms(&["domain", "contract", "platform"])),
    ("client", Uses::Rooms(&["domain", "contract"])),
    ("sampan", Uses::All),
    ("bench", Uses::All),
    ("xtask", Uses::Rooms(&[])),
];

/// A crate of the workspace and those that it uses outside its tests.
#[derive(Debug, PartialEq, Eq)]
pub struct Arrows {
    from: String,
    to: Vec<String>,
}

/// Reads the arrows between crates of the workspace: dependencies with a path that are not dev-dependencies.
pub fn arrows(metadata: &Value) -> Result<Vec<Arrows>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    packages.iter().map(arrows_of).collect()
}

fn arrows_of(package: &Value) -> Result<Arrows, String> {
    let from = package["name"].as_str().ok_or("a package without name")?.to_owned();
    let dependencies = package["dependencies"].as_array().ok_or("a package without dependencies")?;
    let used = dependencies.iter().filter(|d| d["path"].is_string() && d["kind"] != "dev");
    Ok(Arrows { from, to: used.filter_map(|d| d["name"].as_str()).map(str::to_owned).collect() })
}

/// Every arrow that the table does not have.
pub fn forbidden(arrows: &[Arrows]) -> Vec<String> {
    arrows.iter().flat_map(forbidden_from).collect()
}

fn forbidden_from(arrows: &Arrows) -> Vec<String> {
    let Arrows { from, to } = arrows;
    match ROOMS.iter().find(|(room, _)| room == from) {
        None => vec![format!("{from} is not in the table of rooms")],
        Some((_, Uses::All)) => Vec::new(),
        Some((_, Uses::Rooms(allowed))) => to
            .iter()
            .filter(|used| !allowed.contains(&used.as_str()))
            .map(|used| format!("{from} may not use {used}; it may use: {}", list(allowed)))
            .collect(),
    }
}

fn list(rooms: &[&str]) -> String {
    if rooms.is_empty() { "no other room".to_owned() } else { rooms.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn from(name: &str, to: &[&str]) -> Arrows {
        Arrows { from: name.to_owned(), to: to.iter().map(|&room| room.to_owned()).collect() }
    }

    #[test]
    fn only_paths_outside_tests_are_arrows() {
        let metadata = json!({"packages": [{"name": "gateway", "dependencies": [
            {"name": "contract", "kind": null, "path": "/x/contract"},
            {"name": "domain", "kind": "build", "path": "/x/domain"},
            {"name": "storage", "kind": "dev", "path": "/x/storage"},
            {"name": "axum", "kind": null, "source": "registry"},
        ]}]});
        assert_eq!(arrows(&metadata).unwrap(), [from("gateway", &["contract", "domain"])]);
        assert!(arrows(&json!({})).is_err());
    }

    #[test]
    fn an_arrow_outside_the_table_is_named_with_what_is_allowed() {
        let findings = forbidden(&[
            from("gateway", &["domain", "storage", "sandbox"]),
            from("messages", &["domain", "contract", "storage"]),
            from("domain", &["contract"]),
        ]);
        assert_eq!(
            findings,
            [
                "gateway may not use storage; it may use: domain, contract, platform",
                "gateway may not use sandbox; it may use: domain, contract, platform",
                "domain may not use contract; it may use: no other room",
            ]
        );
    }

    #[test]
    fn the_binary_may_use_all_and_a_stranger_is_told() {
        assert!(forbidden(&[from("sampan", &["gateway", "sandbox", "storage"])]).is_empty());
        assert_eq!(forbidden(&[from("misc", &[])]), ["misc is not in the table of rooms"]);
    }

    #[test]
    fn the_table_names_only_its_own_rooms_and_has_no_circle() {
        for (index, (room, uses)) in ROOMS.iter().enumerate() {
            let Uses::Rooms(used) = uses else { continue };
            for other in *used {
                let place = ROOMS.iter().position(|(name, _)| name == other).expect("a room of the table");
                assert!(place < index, "{room} uses {other}, which stands below it");
            }
        }
    }
}
