//! The purchasing accounts of the world: who they are, their tokens and their money.
//!
//! Tokens live by the wall's clock (they are measured by others), everything else by the world's. A refresh leaves the
//! older access token valid until it expires, so that calls on their way are not lost.

use super::draw::Seed;
use domain::{AccountId, Fen, Timestamp, order::Party};
use serde::{Deserialize, Serialize};

/// Life of an access token.
pub const ACCESS_MS: i64 = 36_000_000;
/// Life of a refresh token: half a year.
pub const REFRESH_MS: i64 = 180 * 24 * 3_600_000;
/// A refresh token that ends sooner than this is replaced with the next grant.
const RENEW_MS: i64 = 30 * 24 * 3_600_000;
const BALANCE: Fen = Fen(100_000_000);

/// A purchasing account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub party: Party,
    /// Money that a password-free debit can take.
    pub balance: Fen,
    /// Whether there is an agreement on password-free debits.
    pub agreement: bool,
    /// Valid access tokens, newest last.
    pub access: Vec<Token>,
    pub refresh: Token,
    /// How many grants were made.
    pub grants: u32,
    /// How many orders it has made.
    pub orders: u32,
}

/// A token and the wall time at which it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub ends_at: Timestamp,
}

/// What a grant or refresh hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub account: AccountId,
    pub party: Party,
    pub access: Token,
    pub refresh: Token,
}

impl Account {
    fn new(seed: Seed, id: i64, login: &str, member: &str, user_id: i64, wall: Timestamp) -> Self {
        let id = AccountId::new(id).expect("the world's accounts are numbered from 1");
        let party = Party { member_id: member.to_owned(), user_id, login_id: login.to_owned() };
        let refresh =
            Token { text: seed.hex(&format!("account {id}"), "refresh", 18), ends_at: wall.plus_ms(REFRESH_MS) };
        let mut account =
            Self { id, party, balance: BALANCE, agreement: true, access: Vec::new(), refresh, grants: 0, orders: 0 };
        account.grant(seed, wall);
        account
    }

    /// A new access token.
    pub fn grant(&mut self, seed: Seed, wall: Timestamp) -> Grant {
        self.grants += 1;
        let text = seed.hex(&format!("account {}", self.id), &format!("access {}", self.grants), 18);
        let access = Token { text, ends_at: wall.plus_ms(ACCESS_MS) };
        if self.refresh.ends_at.ms_since(wall) < RENEW_MS {
            let text = seed.hex(&format!("account {}", self.id), &format!("refresh {}", self.grants), 18);
            self.refresh = Token { text, ends_at: wall.plus_ms(REFRESH_MS) };
        }
        self.access.retain(|t| t.ends_at > wall);
        self.access.push(access.clone());
        Grant { account: self.id, party: self.party.clone(), access, refresh: self.refresh.clone() }
    }

    /// Whether this access token is valid now.
    pub fn holds(&self, token: &str, wall: Timestamp) -> bool {
        self.access.iter().any(|t| t.text == token && t.ends_at > wall)
    }
}

/// The accounts of a new world: the two of the contract's examples, and one for a developer who tries things.
pub fn world(seed: Seed, wall: Timestamp) -> Vec<Account> {
    vec![
        Account::new(seed, 1, "xportcn", "b2b-22183901360425ac43", 2_218_390_136_042, wall),
        Account::new(seed, 2, "pandaponpp2023", "b2b-2217011889407ed2e0", 2_217_011_889_407, wall),
        Account::new(seed, 3, "sampan-test", "b2b-22176400528319c1d7", 2_217_640_052_831, wall),
    ]
}
