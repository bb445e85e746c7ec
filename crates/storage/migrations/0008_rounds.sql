-- Work that comes round: who is at it, when it is due again, and how far it has come.
CREATE TABLE rounds (
  name TEXT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease_token BIGINT NOT NULL
);
