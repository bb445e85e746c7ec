-- One write may have several intents, e.g. one for each merchant of a batch.
ALTER TABLE intents ADD COLUMN write_id TEXT;
CREATE INDEX intents_write ON intents (write_id) WHERE write_id IS NOT NULL;

ALTER TABLE orders ADD COLUMN remarks TEXT;

CREATE TABLE bindings (
  developer_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  marketplace TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (developer_id, user_id, marketplace)
);
INSERT INTO bindings (developer_id, user_id, marketplace, account_id)
  SELECT u.developer_id, u.user_id, a.marketplace, a.id FROM users u JOIN accounts a ON a.id = u.account_id;
ALTER TABLE users DROP COLUMN account_id;

CREATE TABLE payments (
  developer_id BIGINT NOT NULL,
  id BIGINT NOT NULL UNIQUE,
  order_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  submitted_at BIGINT NOT NULL,
  decided_at BIGINT,
  reason TEXT,
  version BIGINT NOT NULL,
  PRIMARY KEY (developer_id, id),
  UNIQUE (developer_id, order_id)
);
CREATE INDEX payments_waiting ON payments (submitted_at, id) WHERE state = 'waiting';
