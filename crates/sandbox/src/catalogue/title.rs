//! Titles of goods, composed from words in the order that each language wants.
//!
//! What is said of goods is said in phrases that agree with nothing (`из хлопка`, `de algodón`), so that a title is right
//! whatever the gender and number of its goods.

use super::{goods::Goods, language::Language, words::Word};

/// The title of goods, e.g. `Vintage cotton T-shirt for men, loose fit, printed, for summer`.
pub fn compose(goods: &Goods, language: Language) -> String {
    let parts = Parts { goods, language };
    match language {
        Language::Chinese => parts.chinese(),
        Language::Japanese | Language::Korean => parts.spaced(),
        Language::English => parts.english(),
        Language::Uzbek => parts.uzbek(),
        Language::Russian => parts.trailing(", ", Order::AudienceFirst),
        Language::French | Language::Portuguese | Language::Spanish => parts.trailing(", ", Order::MaterialFirst),
        Language::Vietnamese | Language::Indonesian => parts.trailing(", ", Order::MaterialFirst),
        Language::Arabic => parts.trailing("، ", Order::MaterialFirst),
        Language::Thai => parts.trailing(" ", Order::MaterialFirst),
    }
}

enum Order {
    AudienceFirst,
    MaterialFirst,
}

struct Parts<'a> {
    goods: &'a Goods,
    language: Language,
}

impl Parts<'_> {
    fn word(&self, word: Option<&'static Word>) -> Option<String> {
        word.map(|w| w.in_title(self.language).to_owned())
    }

    fn kind(&self) -> String {
        self.goods.kind.in_title(self.language).to_owned()
    }

    fn material(&self) -> Option<String> {
        let word = self.word(self.goods.material)?;
        Some(match self.language {
            Language::Russian => format!("из {word}"),
            Language::French => format!("en {word}"),
            Language::Portuguese | Language::Spanish => format!("de {word}"),
            Language::Vietnamese => format!("bằng {word}"),
            Language::Arabic => format!("من {word}"),
            _ => word,
        })
    }

    fn style(&self) -> Option<String> {
        let word = self.word(self.goods.style)?;
        Some(match self.language {
            Language::French => format!("style {word}"),
            Language::Portuguese | Language::Spanish => format!("estilo {word}"),
            Language::Vietnamese => format!("phong cách {word}"),
            Language::Thai => format!("สไตล์{word}"),
            Language::Indonesian => format!("gaya {word}"),
            Language::Arabic => format!("بطراز {word}"),
            Language::Uzbek => format!("{word} uslubidagi"),
            _ => word,
        })
    }

    fn features(&self) -> impl Iterator<Item = Option<String>> {
        self.goods.features.iter().map(|w| self.word(Some(w)))
    }

    /// `夏季复古男士纯棉T恤宽松印花`
    fn chinese(&self) -> String {
        let head = [self.word(self.goods.season), self.style(), self.word(self.goods.audience), self.material()];
        head.into_iter().chain([Some(self.kind())]).chain(self.features()).flatten().collect()
    }

    /// What describes stands before what is described, with spaces between: `夏用 メンズ レトロ 綿 Tシャツ`.
    fn spaced(&self) -> String {
        let head = [self.word(self.goods.season), self.word(self.goods.audience), self.style(), self.material()];
        joined(head.into_iter().chain([Some(self.kind())]).chain(self.features()), " ")
    }

    fn english(&self) -> String {
        let head = [self.style(), self.material(), Some(self.kind()), self.word(self.goods.audience)];
        self.with_tail(joined(head, " "), ", ")
    }

    fn uzbek(&self) -> String {
        let head = [self.word(self.goods.audience), self.style(), self.material(), Some(self.kind())];
        self.with_tail(joined(head, " "), ", ")
    }

    /// The goods first, then what is said of them.
    fn trailing(&self, comma: &str, order: Order) -> String {
        let (audience, material) = (self.word(self.goods.audience), self.material());
        let (first, second) = match order {
            Order::AudienceFirst => (audience, material),
            Order::MaterialFirst => (material, audience),
        };
        self.with_tail(joined([Some(self.kind()), first, second, self.style()], " "), comma)
    }

    fn with_tail(&self, head: String, comma: &str) -> String {
        let tail = self.features().chain([self.word(self.goods.season)]);
        capitalised(&joined([Some(head)].into_iter().chain(tail), comma))
    }
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{kinds::kinds, words::Role};

    #[test]
    fn titles_follow_the_order_of_their_language() {
        let kind = kinds().iter().find(|k| k.category == 124_188_006).unwrap();
        assert_eq!(kind.name.role, Role::Kind);
        let goods = Goods::of(kind.name, &kind.choices, 0);
        let title = |language| compose(&goods, language);
        assert_eq!(title(Language::Chinese), "夏季街头男士纯棉T恤宽松短袖");
        assert_eq!(title(Language::English), "Street cotton T-shirt for men, loose fit, short-sleeve, for summer");
        assert_eq!(
            title(Language::Russian),
            "Футболка для мужчин из хлопка в уличном стиле, свободный крой, с коротким рукавом, на лето"
        );
        assert_eq!(title(Language::Japanese), "夏用 メンズ ストリート 綿 Tシャツ ゆったり 半袖");
        assert_eq!(
            title(Language::Spanish),
            "Camiseta de algodón para hombre estilo urbano, corte holgado, manga corta, para verano"
        );
    }
}
