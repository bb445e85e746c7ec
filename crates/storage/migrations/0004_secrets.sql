CREATE TABLE secrets (
  name TEXT NOT NULL PRIMARY KEY,
  value {blob} NOT NULL
);
