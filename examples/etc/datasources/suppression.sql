-- Datasource "suppression": whom newsletters do not go to any more, and why.

CREATE TABLE suppressed (
  address TEXT NOT NULL,
  reason  TEXT NOT NULL,
  since   INTEGER NOT NULL,
  PRIMARY KEY (address, reason)
);

INSERT INTO suppressed (address, reason, since) VALUES
  ('former-reader@mailbox.example', 'complaint', 1735689600);
