-- From schema 1 to 2: the record's memory of who holds which office.
-- Derived: what the reports tell of who holds which office, by the reports' dates (not by their arrival).
CREATE TABLE memory (
  id         TEXT PRIMARY KEY,                   -- hash of name, office, country and organization
  name       TEXT NOT NULL,
  office     TEXT NOT NULL,                      -- as "interior minister"
  country    TEXT NOT NULL,
  org        TEXT,
  sectors    TEXT NOT NULL,                      -- JSON list
  first_told TEXT NOT NULL,                      -- the days of publication of the first and the last report that tell it
  last_told  TEXT NOT NULL
);

-- Derived: the mentions that tell it; their words stand in evidence (field mention).
CREATE TABLE memory_passages (
  memory  TEXT NOT NULL REFERENCES memory (id),
  mention TEXT NOT NULL REFERENCES actors (id),
  report  TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  PRIMARY KEY (memory, mention)
) WITHOUT ROWID;

-- Derived: mentions that their own page left open and that the record's memory resolves.
CREATE TABLE remembered (
  mention TEXT PRIMARY KEY REFERENCES actors (id),
  memory  TEXT NOT NULL REFERENCES memory (id),
  name    TEXT NOT NULL,
  country TEXT NOT NULL,
  office  TEXT,                                  -- NULL where somebody else was told to hold it since
  org     TEXT,
  sectors TEXT NOT NULL,
  why     TEXT NOT NULL
) WITHOUT ROWID;

-- Parties of events as the record knows them: as the page has them, completed by the record's memory.
CREATE VIEW event_parties AS
SELECT
  a.event, a.role, a.position, a.mention, coalesce (m.name, a.name) AS name, coalesce (a.country, m.country) AS country,
  coalesce (a.sector, m.sectors ->> 0) AS sector, CASE WHEN a.sectors = '[]' THEN coalesce (m.sectors, '[]')
  ELSE a.sectors END AS sectors, CASE WHEN m.mention IS NULL THEN a.kind ELSE 'person' END AS kind,
  coalesce (a.office, m.office) AS office, coalesce (a.org, m.org) AS org,
  CASE WHEN m.mention IS NULL THEN a.resolved_by ELSE 'memory' END AS resolved_by
FROM event_actors a
LEFT JOIN remembered m ON m.mention = a.mention;
DROP VIEW v_actors;
CREATE VIEW v_actors AS
SELECT
  a.name, a.country, a.org, max (a.kind) AS kind, max (a.sector) AS sector,
  count (DISTINCT CASE WHEN a.role = 'actor' THEN a.event END) AS as_actor,
  count (DISTINCT CASE WHEN a.role = 'recipient' THEN a.event END) AS as_recipient,
  count (DISTINCT e.report) AS reports
FROM event_parties a
JOIN events e ON e.id = a.event
GROUP BY a.name, a.country, a.org;
