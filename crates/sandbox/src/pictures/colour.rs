//! Colours: read from `#rrggbb` and from the words of specifications.

/// Red, green, blue from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour(pub [f32; 3]);

impl Colour {
    pub const WHITE: Self = Self([1.0, 1.0, 1.0]);

    /// `#rrggbb`; grey for anything else.
    pub fn parse(text: &str) -> Self {
        let hex = text.strip_prefix('#').filter(|h| h.len() == 6).and_then(|h| u32::from_str_radix(h, 16).ok());
        let [_, r, g, b] = hex.unwrap_or(0x88_88_88).to_be_bytes();
        Self([r, g, b].map(|v| f32::from(v) / 255.0))
    }

    /// The colour that a specification names, e.g. `黑色【328】`.
    pub fn named(words: &str) -> Option<Self> {
        hex(words).map(Self::parse)
    }

    /// This colour with `share` (0 to 1) of `other`.
    pub fn mix(self, other: Self, share: f32) -> Self {
        let mut out = self.0;
        for (own, new) in out.iter_mut().zip(other.0) {
            *own += (new - *own) * share;
        }
        Self(out)
    }

    pub fn bytes(self) -> [u8; 3] {
        self.0.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
    }
}

/// The `#rrggbb` of the colour that a specification names.
pub fn hex(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    NAMES.iter().find(|(zh, en, _)| lower.contains(zh) || lower.contains(en)).map(|(_, _, hex)| *hex)
}

/// Longer words first: `深灰` before `灰`.
const NAMES: &[(&str, &str, &str)] = &[
    ("深灰", "dark grey", "#4a4d52"),
    ("浅灰", "light grey", "#c3c7cc"),
    ("藏青", "navy", "#22304d"),
    ("深蓝", "dark blue", "#27406b"),
    ("浅蓝", "light blue", "#9cc0de"),
    ("天蓝", "sky blue", "#7fbce6"),
    ("墨绿", "dark green", "#274a3a"),
    ("军绿", "army green", "#5c6444"),
    ("酒红", "wine", "#6f2233"),
    ("玫红", "rose", "#c9366f"),
    ("卡其", "khaki", "#b9a27c"),
    ("咖啡", "coffee", "#63483a"),
    ("香槟", "champagne", "#e6d2b1"),
    ("米", "beige", "#e7dcc6"),
    ("杏", "apricot", "#edd2b4"),
    ("黑", "black", "#2a2b2e"),
    ("白", "white", "#f1f1ee"),
    ("灰", "grey", "#8d9196"),
    ("红", "red", "#bf3b38"),
    ("粉", "pink", "#ecb4bf"),
    ("橙", "orange", "#e3863c"),
    ("橘", "tangerine", "#e3863c"),
    ("黄", "yellow", "#e6c44c"),
    ("绿", "green", "#5c9a66"),
    ("蓝", "blue", "#4a79b5"),
    ("紫", "purple", "#8468a8"),
    ("棕", "brown", "#7b573c"),
    ("银", "silver", "#bcc1c7"),
    ("金", "gold", "#d2ae62"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_specifications_are_colours() {
        assert_eq!(Colour::named("黑色【328】DLN"), Some(Colour::parse("#2a2b2e")));
        assert_eq!(Colour::named("深灰色 L"), Some(Colour::parse("#4a4d52")));
        assert_eq!(Colour::named("500ml"), None);
    }
}
