CREATE TABLE developers (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  editions TEXT NOT NULL,
  message_edition TEXT NOT NULL,
  status TEXT NOT NULL,
  default_user BIGINT NOT NULL,
  callback_url TEXT,
  callback_verified_at BIGINT,
  settings TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE access_keys (
  access_key TEXT NOT NULL PRIMARY KEY,
  developer_id BIGINT NOT NULL,
  secret {blob} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT
);
CREATE INDEX access_keys_of ON access_keys (developer_id, created_at);

CREATE TABLE users (
  developer_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  account_id BIGINT,
  PRIMARY KEY (developer_id, user_id)
);

CREATE TABLE accounts (
  id BIGINT NOT NULL PRIMARY KEY,
  marketplace TEXT NOT NULL,
  login_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  tokens {blob},
  is_default BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (marketplace, login_id)
);

CREATE TABLE orders (
  developer_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  marketplace TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  order_no TEXT NOT NULL,
  out_order_id TEXT,
  own_number TEXT,
  edition TEXT NOT NULL,
  status TEXT NOT NULL,
  pay_status BIGINT NOT NULL,
  refund_status TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL,
  names TEXT NOT NULL,
  core TEXT NOT NULL,
  document TEXT NOT NULL,
  rows TEXT NOT NULL,
  address TEXT NOT NULL,
  observed_at BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (developer_id, order_id),
  UNIQUE (developer_id, order_no)
);
CREATE UNIQUE INDEX orders_owner ON orders (marketplace, order_id);
CREATE INDEX orders_page ON orders (developer_id, created_at, order_id);
CREATE INDEX orders_out ON orders (developer_id, out_order_id);
CREATE INDEX orders_own ON orders (own_number);
CREATE INDEX orders_open ON orders (observed_at) WHERE status NOT IN ('success', 'cancel', 'terminated');

CREATE TABLE refunds (
  developer_id BIGINT NOT NULL,
  refund_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  core TEXT NOT NULL,
  document TEXT NOT NULL,
  audit TEXT NOT NULL,
  modified_at BIGINT NOT NULL,
  observed_at BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (developer_id, refund_id)
);
CREATE INDEX refunds_of ON refunds (developer_id, order_id, refund_id);
CREATE INDEX refunds_open ON refunds (observed_at) WHERE status NOT IN ('refundsuccess', 'refundclose');

CREATE TABLE messages (
  developer_id BIGINT NOT NULL,
  id BIGINT NOT NULL UNIQUE,
  object_kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  message_type TEXT NOT NULL,
  platform BIGINT NOT NULL,
  edition TEXT NOT NULL,
  body TEXT NOT NULL,
  event TEXT NOT NULL,
  request_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (developer_id, id)
);
CREATE UNIQUE INDEX messages_sequence ON messages (developer_id, object_kind, object_id, sequence);
CREATE INDEX messages_page ON messages (developer_id, created_at, id);

CREATE TABLE deliveries (
  developer_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  failed_attempts BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease_token BIGINT NOT NULL,
  PRIMARY KEY (developer_id, message_id)
);
CREATE INDEX deliveries_due ON deliveries (developer_id, due_at, message_id) WHERE state = 'pending';
CREATE INDEX deliveries_leased ON deliveries (developer_id, lease_until) WHERE state = 'pending' AND lease_until > 0;
CREATE INDEX deliveries_held ON deliveries (developer_id) WHERE state = 'held';

CREATE TABLE attempts (
  developer_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT,
  error TEXT,
  duration_ms BIGINT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (developer_id, message_id, number)
);

CREATE TABLE nonces (
  access_key TEXT NOT NULL,
  nonce TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (access_key, nonce)
);
CREATE INDEX nonces_expired ON nonces (expires_at);

CREATE TABLE idempotency (
  developer_id BIGINT NOT NULL,
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  answer {blob},
  expires_at BIGINT NOT NULL,
  intent_id TEXT,
  PRIMARY KEY (developer_id, operation, key)
);
CREATE INDEX idempotency_expired ON idempotency (expires_at);

CREATE TABLE intents (
  developer_id BIGINT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (developer_id, id)
);
CREATE INDEX intents_running ON intents (created_at) WHERE state = 'running';
CREATE INDEX intents_of ON intents (developer_id, subject);

CREATE TABLE pushes (
  marketplace TEXT NOT NULL,
  message_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  raw TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (marketplace, message_id)
);
CREATE INDEX pushes_old ON pushes (received_at);

CREATE TABLE observations (
  marketplace TEXT NOT NULL,
  subject TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  first_queued_at BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease_token BIGINT NOT NULL,
  PRIMARY KEY (marketplace, subject)
);
CREATE INDEX observations_due ON observations (due_at);
CREATE INDEX observations_order ON observations (marketplace, order_id);

CREATE TABLE previews (
  developer_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  lines_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  amounts TEXT NOT NULL,
  PRIMARY KEY (developer_id, user_id, lines_hash)
);
CREATE INDEX previews_old ON previews (created_at);

CREATE TABLE vouchers (
  developer_id BIGINT NOT NULL,
  url TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (developer_id, url)
);

CREATE TABLE counters (
  developer_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (developer_id, name)
);

CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
