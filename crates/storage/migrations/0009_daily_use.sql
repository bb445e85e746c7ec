-- How many requests of each developer were counted on a day of UTC+8, which is named by the instant at which it began.
CREATE TABLE daily_use (
  developer_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (developer_id, day)
) {rowless};

CREATE INDEX daily_use_by_day ON daily_use (day);
