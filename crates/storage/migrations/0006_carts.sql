CREATE TABLE cart_rows (
  developer_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  marketplace TEXT NOT NULL,
  offer_id BIGINT NOT NULL,
  spec_id TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  seller TEXT NOT NULL,
  facts TEXT NOT NULL,
  product_no TEXT,
  container TEXT,
  added_at BIGINT NOT NULL,
  held_by TEXT,
  PRIMARY KEY (developer_id, user_id, id),
  UNIQUE (developer_id, user_id, marketplace, offer_id, spec_id)
);
