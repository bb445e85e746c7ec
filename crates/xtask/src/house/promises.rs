//! The promises of the security document: each row of its table names the tests that show it, and those tests are there.

/// The heading of the column that names tests.
const COLUMN: &str = "shown by";

/// Rows that name no test, and names that are no test of the sources.
pub fn findings(document: &str, sources: &[&str]) -> Vec<String> {
    let rows = rows(document);
    if rows.is_empty() {
        return vec![format!("docs/SECURITY.md has no table with a column `{COLUMN}`")];
    }
    let mut findings = Vec::new();
    for (promise, cell) in rows {
        let names: Vec<&str> = cell.split('`').skip(1).step_by(2).filter(|name| is_name(name)).collect();
        if names.is_empty() {
            findings.push(format!("docs/SECURITY.md promises \"{promise}\" and names no test"));
        }
        let lost = names.iter().filter(|name| !sources.iter().any(|source| holds_test(source, name)));
        findings.extend(lost.map(|name| format!("docs/SECURITY.md names the test {name}, which is not there")));
    }
    findings
}

/// First cell, and the cell of the column, of each row below a heading that has it.
fn rows(document: &str) -> Vec<(&str, &str)> {
    let (mut found, mut column) = (Vec::new(), None);
    for line in document.lines() {
        let cells: Vec<&str> = match line.strip_prefix('|') {
            Some(row) => row.trim_end_matches('|').split('|').map(str::trim).collect(),
            None => {
                column = None;
                continue;
            }
        };
        match column {
            None => column = Some(cells.iter().position(|cell| *cell == COLUMN)),
            Some(Some(at)) if !cells[0].starts_with("---") => {
                found.push((cells[0], cells.get(at).copied().unwrap_or("")))
            }
            Some(_) => {}
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    text.contains('_') && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a function of this name stands below the mark of a test.
fn holds_test(source: &str, name: &str) -> bool {
    let function = format!("fn {name}(");
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        if line.contains(&function) {
            return marked;
        }
        marked = match line {
            _ if line.starts_with("#[") => marked || line.contains("test"),
            _ => line.starts_with("//") && marked,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "#[tokio::test]\n#[ignore]\n// why\nasync fn it_holds() {}\n\nfn it_helps() {}\n";

    #[test]
    fn a_promise_with_its_test_is_in_order() {
        let document = "| promise | shown by |\n| --- | --- |\n| a | `it_holds` in `x/tests` |\n\n| b | c |\n| --- | --- |\n| d | e |\n";
        assert!(findings(document, &[SOURCE]).is_empty());
    }

    #[test]
    fn a_lost_test_a_mere_function_and_a_bare_promise_are_told() {
        let document = "| promise | shown by |\n| --- | --- |\n| a | `it_was` |\n| b | `it_helps` |\n| c | trust |\n";
        assert_eq!(findings(document, &[SOURCE]).len(), 3);
        assert_eq!(findings("no table", &[SOURCE]).len(), 1);
    }
}
