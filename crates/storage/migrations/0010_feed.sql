-- The feed: messages in the order in which they are read after the fact. A message gets its row in its own commit, and its
-- position afterwards from one stamper: a number drawn inside a commit would appear behind a reader who has passed it.
-- `entry` rises with the messages of an object, since each is written by who has seen the one before it. Rejected: a column
-- of `messages`, whose rows hold whole bodies and would all be written twice.
CREATE TABLE feed (
  entry {counted},
  developer_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  position BIGINT
);
CREATE UNIQUE INDEX feed_of ON feed (developer_id, position) WHERE position IS NOT NULL;
CREATE INDEX feed_unstamped ON feed (entry) WHERE position IS NULL;
INSERT INTO feed (developer_id, message_id)
  SELECT told.developer_id, told.id FROM (
    SELECT developer_id, id, sequence,
      max(created_at) OVER (PARTITION BY developer_id, object_kind, object_id ORDER BY sequence) AS told_at
    FROM messages) told
  ORDER BY told.told_at, told.sequence, told.id;

-- A receiver that fails: since when, by the world's clock. No row while it takes what it is sent.
CREATE TABLE failing_receivers (
  developer_id BIGINT NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL
);
ALTER TABLE developers ADD COLUMN callback_paused_at BIGINT;
