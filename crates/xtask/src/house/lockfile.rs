//! One of each: the lock file holds one hash generation, one SQLite and one TLS provider.
//!
//! Two generations of `digest` mean two copies of every hash that do not fit each other's traits; two `libsqlite3-sys`
//! do not link; a second TLS provider costs a minute of build and leaves open which one a connection uses.

/// Packages of which there is exactly one version.
const ONE: [&str; 4] = ["digest", "libsqlite3-sys", "ring", "rustls"];

/// TLS providers beside ring.
const NONE: [&str; 9] = [
    "aws-lc-rs",
    "aws-lc-sys",
    "aws-lc-fips-sys",
    "boring-sys",
    "hyper-tls",
    "native-tls",
    "openssl",
    "openssl-sys",
    "tokio-native-tls",
];

/// What the text of a `Cargo.lock` holds too much or too little of.
pub fn findings(lock: &str) -> Vec<String> {
    let packages = packages(lock);
    let versions = |name: &str| -> Vec<&str> {
        packages.iter().filter(|(package, _)| *package == name).map(|(_, version)| *version).collect()
    };
    let not_one = ONE.iter().filter_map(|name| match versions(name).as_slice() {
        [_] => None,
        [] => Some(format!("{name} is missing")),
        several => Some(format!("{name} has {} versions: {}", several.len(), several.join(", "))),
    });
    let unwanted = NONE.iter().filter(|name| !versions(name).is_empty());
    not_one.chain(unwanted.map(|name| format!("{name} is a second TLS provider beside ring"))).collect()
}

/// Name and version of each package, in the file's order.
fn packages(lock: &str) -> Vec<(&str, &str)> {
    let blocks = lock.split("[[package]]").skip(1);
    blocks.filter_map(|block| Some((field(block, "name")?, field(block, "version")?))).collect()
}

fn field<'a>(block: &'a str, key: &str) -> Option<&'a str> {
    block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 5] = [
        ("digest", "0.11.3"),
        ("libsqlite3-sys", "0.39.1"),
        ("ring", "0.17.14"),
        ("rustls", "0.23.46"),
        ("serde", "1"),
    ];

    fn lock(packages: &[(&str, &str)]) -> String {
        let blocks = packages.iter().map(|(name, version)| {
            format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = [\n \"openssl\",\n]\n")
        });
        format!("version = 4\n{}", blocks.collect::<String>())
    }

    #[test]
    fn packages_are_read_by_name_and_version() {
        assert_eq!(packages(&lock(&GOOD)), GOOD);
    }

    #[test]
    fn one_of_each_is_in_order() {
        assert!(findings(&lock(&GOOD)).is_empty());
    }

    #[test]
    fn a_second_generation_a_second_provider_and_a_loss_are_told() {
        let mut packages = GOOD.to_vec();
        packages.retain(|(name, _)| *name != "ring");
        packages.extend([("digest", "0.10.7"), ("aws-lc-rs", "1.0.0")]);
        assert_eq!(
            findings(&lock(&packages)),
            [
                "digest has 2 versions: 0.11.3, 0.10.7",
                "ring is missing",
                "aws-lc-rs is a second TLS provider beside ring"
            ]
        );
    }
}
