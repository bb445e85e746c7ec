//! The category tree: up to three levels, a child names its parent. Read from `data/goods/categories.txt`.

use super::{
    language::{COLUMNS, Language},
    words,
};

#[derive(Debug, Clone)]
pub struct Category {
    pub id: i64,
    /// 0 at the first level.
    pub parent: i64,
    /// 1 at the first level.
    pub level: u32,
    /// Has no children.
    pub leaf: bool,
    pub zh: String,
    pub en: String,
    names: [&'static str; COLUMNS],
}

impl Category {
    pub fn name(&self, language: Language) -> &'static str {
        self.names[language.column()]
    }

    /// `None` for Chinese: the name is no translation.
    pub fn name_translated(&self, language: Language) -> Option<&'static str> {
        (language != Language::Chinese).then(|| self.name(language))
    }
}

/// The tree of the binary, parents before their children.
pub fn read(text: &'static str) -> Option<Vec<Category>> {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let mut all = lines.map(row).collect::<Option<Vec<_>>>()?;
    for i in 0..all.len() {
        all[i].leaf = !all.iter().any(|c| c.parent == all[i].id);
        all[i].level = u32::try_from(path(&all, all[i].id).len()).ok()?;
    }
    Some(all)
}

fn row(line: &'static str) -> Option<Category> {
    let (id, rest) = line.split_once('|')?;
    let (parent, names) = rest.split_once('|')?;
    let names = words::cells(names)?;
    let own = |language: Language| names[language.column()].to_owned();
    let (zh, en) = (own(Language::Chinese), own(Language::English));
    Some(Category { id: id.parse().ok()?, parent: parent.parse().ok()?, level: 0, leaf: false, zh, en, names })
}

/// The category `id` and those above it, from the top down; empty for an unknown id. Stops at the depth of the tree, so
/// that a cycle in the data cannot hang it.
pub fn path(all: &[Category], id: i64) -> Vec<&Category> {
    let mut path = Vec::new();
    let mut next = id;
    while let Some(found) = all.iter().find(|c| c.id == next).filter(|_| path.len() < 4) {
        path.insert(0, found);
        next = found.parent;
    }
    path
}
