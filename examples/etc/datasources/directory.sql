-- Datasource "directory": who receives mail here.

CREATE TABLE mailboxes (
  localpart TEXT NOT NULL,
  domain    TEXT NOT NULL,
  flags     INTEGER NOT NULL DEFAULT 0,  -- 1 suspended, 2 over quota, 4 takes mail of partners only
  PRIMARY KEY (localpart, domain)
);

CREATE TABLE list_members (
  list    TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (list, address)
);

INSERT INTO mailboxes (localpart, domain, flags) VALUES
  ('anna',       'example.com', 0),
  ('ben',        'example.com', 2),
  ('carla',      'example.com', 1),
  ('accounting', 'example.com', 4),
  ('postmaster', 'example.com', 0),
  ('abuse',      'example.com', 0),
  ('dana',       'example.org', 0);

INSERT INTO list_members (list, address) VALUES
  ('everyone@example.com', 'anna@example.com'),
  ('everyone@example.com', 'ben@example.com'),
  ('everyone@example.com', 'accounting@example.com');
