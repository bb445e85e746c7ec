//! The economy as its callers see it: through the calls of the open platform and the verbs of control.

mod clock;
mod fixtures;
mod habits;
mod kit;
mod life;
mod paying;
mod pushes;
mod refusals;
mod walk;
