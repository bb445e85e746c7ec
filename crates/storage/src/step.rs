//! One statement of a commit, with what its outcome must be.

use crate::{
    Error, MasterKey, What,
    value::{Statement, Value},
};

#[derive(Debug, Clone)]
pub struct Step {
    pub statement: Statement,
    pub expect: Expect,
    /// A parameter that is a secret: plain until [`Step::sealed`].
    seal: Option<Seal>,
}

/// How many rows a step must touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    Any,
    /// Exactly one; otherwise the commit is a conflict on this record.
    One(What),
}

#[derive(Debug, Clone)]
struct Seal {
    param: usize,
    identity: String,
}

impl Step {
    pub fn one(what: What, statement: Statement) -> Self {
        Self { statement, expect: Expect::One(what), seal: None }
    }

    pub fn any(statement: Statement) -> Self {
        Self { statement, expect: Expect::Any, seal: None }
    }

    /// Marks the parameter `param` (from zero) as a secret of the record `identity`.
    pub fn sealing(mut self, param: usize, identity: String) -> Self {
        self.seal = Some(Seal { param, identity });
        self
    }

    /// The step as it goes to the database.
    pub fn sealed(mut self, key: &MasterKey) -> Result<Self, Error> {
        if let Some(Seal { param, identity }) = self.seal.take()
            && let Some(Value::Blob(plain)) = self.statement.params.get(param)
        {
            self.statement.params[param] = Value::Blob(key.seal(plain, &identity)?);
        }
        Ok(self)
    }
}

impl Expect {
    /// The conflict, if `rows` is not what was expected.
    pub fn check(self, rows: usize) -> Result<(), What> {
        match self {
            Self::One(what) if rows != 1 => Err(what),
            Self::One(_) | Self::Any => Ok(()),
        }
    }
}
