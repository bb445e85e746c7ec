//! A text with places for the ids of an order, its sub-orders and its refund.

use bytes::{BufMut, Bytes, BytesMut};

/// What stands for what while a template is made.
pub struct Ids {
    pub order: i64,
    pub entries: Vec<i64>,
    pub refund: Option<i64>,
}

impl Ids {
    /// How far each sub-order's id lies from the order's own. The only line of an order has the id of the order.
    pub fn offsets(&self) -> Vec<i64> {
        (1_i64..).zip(&self.entries).map(|(n, id)| if *id == self.order { 0 } else { n }).collect()
    }
}

pub struct Template {
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    /// The order's id plus this.
    Id(i64),
}

impl Template {
    /// Cuts `text` at the ids: an order and its refund become +0, a sub-order its offset.
    pub fn new(text: &str, ids: &Ids) -> Self {
        let mut known: Vec<(String, i64)> = vec![(ids.order.to_string(), 0)];
        known.extend(ids.refund.map(|id| (id.to_string(), 0)));
        known.extend(ids.offsets().into_iter().zip(&ids.entries).map(|(plus, id)| (id.to_string(), plus)));
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((at, id, plus)) = first(rest, &known) {
            pieces.push(Piece::Text(rest[..at].to_owned()));
            pieces.push(Piece::Id(plus));
            rest = &rest[at + id..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { pieces }
    }

    /// The text for another order.
    pub fn with(&self, order: i64) -> Bytes {
        let mut out = BytesMut::with_capacity(8 * 1024);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.put_slice(text.as_bytes()),
                Piece::Id(plus) => out.put_slice((order + plus).to_string().as_bytes()),
            }
        }
        out.freeze()
    }
}

/// Where the first of the known ids stands, its length and what it becomes.
fn first(text: &str, known: &[(String, i64)]) -> Option<(usize, usize, i64)> {
    known.iter().filter_map(|(id, plus)| Some((text.find(id)?, id.len(), *plus))).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_exchanged_and_the_rest_stays() {
        let ids = Ids { order: 11, entries: vec![22, 33], refund: Some(44) };
        let template = Template::new(r#"{"id":11,"text":"11","lines":[22,33],"refund":"TQ44","n":7}"#, &ids);
        assert_eq!(template.with(900), r#"{"id":900,"text":"900","lines":[901,902],"refund":"TQ900","n":7}"#);
        assert_eq!(Ids { order: 11, entries: vec![11], refund: None }.offsets(), [0]);
    }
}
