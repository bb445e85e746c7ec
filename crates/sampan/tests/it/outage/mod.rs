//! What an installation does while something under it is away: its database, the space on its disk, the right time. Requests
//! are refused in words or answered rightly, nothing acknowledged is lost, and it heals by itself.

mod clock;
mod cluster;
mod database;
mod disk;
