-- How many orders a user made on a day (span 1) and in a run of 32 days (span 0), by state: exact totals and deep pages
-- without counting. `part` spreads the writers of a busy day over several rows where rows are locked until the commit.
CREATE TABLE order_counts (
  developer_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  span BIGINT NOT NULL,
  start BIGINT NOT NULL,
  status TEXT NOT NULL,
  pay_status BIGINT NOT NULL,
  part BIGINT NOT NULL,
  orders BIGINT NOT NULL,
  PRIMARY KEY (developer_id, user_id, span, start, status, pay_status, part)
) {rowless};
INSERT INTO order_counts (developer_id, user_id, span, start, status, pay_status, part, orders)
  SELECT developer_id, user_id, 1, created_at / 86400000, status, pay_status, 0, count(*)
  FROM orders GROUP BY developer_id, user_id, created_at / 86400000, status, pay_status;
INSERT INTO order_counts (developer_id, user_id, span, start, status, pay_status, part, orders)
  SELECT developer_id, user_id, 0, start / 32, status, pay_status, 0, CAST(sum(orders) AS BIGINT)
  FROM order_counts WHERE span = 1 GROUP BY developer_id, user_id, start / 32, status, pay_status;

-- Holds all that a list is sorted and usually filtered by, so that skipped rows are never read.
DROP INDEX orders_page;
CREATE INDEX orders_page ON orders (developer_id, user_id, created_at, order_id, status, pay_status);
