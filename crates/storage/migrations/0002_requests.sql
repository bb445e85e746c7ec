CREATE TABLE requests (
  developer_id BIGINT NOT NULL,
  request_id TEXT NOT NULL,
  user_id BIGINT,
  trace_id TEXT,
  at BIGINT NOT NULL,
  operation TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  query TEXT NOT NULL,
  body TEXT,
  code BIGINT NOT NULL,
  msg TEXT NOT NULL,
  took_us BIGINT NOT NULL,
  calls TEXT NOT NULL,
  PRIMARY KEY (developer_id, request_id)
);
CREATE INDEX requests_of ON requests (developer_id, at);
CREATE INDEX requests_old ON requests (at);

CREATE INDEX deliveries_dead ON deliveries (developer_id) WHERE state = 'dead';
