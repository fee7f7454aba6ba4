-- Datasource "policy": what the scripts decide by.

CREATE TABLE partner_networks (
  network TEXT PRIMARY KEY,
  tier    TEXT NOT NULL
);

CREATE TABLE customers (
  customer TEXT PRIMARY KEY,
  tariff   TEXT NOT NULL,
  footer   TEXT
);

INSERT INTO partner_networks (network, tier) VALUES
  ('203.0.113.0/26', 'gold'),
  ('203.0.113.64/26', 'basic');

INSERT INTO customers (customer, tariff, footer) VALUES
  ('acme',     'gold',   NULL),
  ('bookshop', 'shared', 'The Bookshop, 12 Quay Street'),
  ('choir',    'shared', NULL);
