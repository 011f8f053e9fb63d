-- A Vaka record: one SQLite file. Tables hold what reports say, with the words that say it; views join them for reading.
-- Offsets ("start", "end") are half-open and count Unicode code points of reports.text. Dates are ISO 8601, both ends
-- inclusive. Countries are ISO 3166-1 alpha-3 or PLOVER's non-state codes. NULL means: not observed.
-- Written from reports and never changed: reports (text, title, sha256), pages, items and the tables under them; only a
-- withdrawal takes a text out, and a rebuild codes the same text anew.
-- Written by people and never deleted: judgements, withdrawals.
-- Derived from all reports and judgements together, and rebuilt by Record.refresh(): copy_group and version_of,
-- pledges.status, pledges.same_as, event_actors from position 1000 on and their replaced, pledge_history, memory and
-- remembered, reviewed and the corrected tables, incidents and the tables under them.

-- Facts about the file itself: schema_version, stale (1 while the derived layer waits for a refresh), as_of (the latest
-- day of publication), unscrubbed (1 while words of a withdrawn report may stand in free pages of the file).
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- One row a version of an article. The earliest version has the article's own id, a later one id@sha256[:8].
CREATE TABLE reports (
  n          INTEGER PRIMARY KEY,                -- order of arrival; the full-text index hangs on it
  id         TEXT NOT NULL UNIQUE,               -- the report's public id
  article    TEXT NOT NULL,                      -- the article's id, shared by all its versions
  sha256     TEXT NOT NULL,                      -- of the UTF-8 of text
  title      TEXT,
  published  TEXT,                               -- ISO date, or date and time
  source     TEXT,
  url        TEXT,
  genre      TEXT,                               -- news, opinion, analysis, live, sport, other
  language   TEXT,                               -- BCP 47
  body_start INTEGER NOT NULL,
  zones      TEXT NOT NULL,                      -- JSON: [{"kind", "start", "end"}]
  issues     TEXT NOT NULL,                      -- JSON: [{"stage", "message", "span"}]
  engine     TEXT NOT NULL,                      -- JSON: what coded the page
  text       TEXT NOT NULL,                      -- the text that every offset refers to
  folded     TEXT NOT NULL,                      -- title and text in ASCII, so that diyarbakir finds Diyarbakır
  agency     TEXT,                               -- the wire service that dateline or credit names
  copy_group TEXT,                               -- derived: reports that print one text, or much of it, share it
  version_of TEXT REFERENCES reports (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,  -- the version before this
  added_at   TEXT NOT NULL,                      -- UTC
  UNIQUE (article, sha256)
);
CREATE INDEX reports_published ON reports (published);
CREATE INDEX reports_copy_group ON reports (copy_group);
CREATE INDEX reports_shown ON reports (published IS NULL, published, id, genre, source);

-- A withdrawn report keeps its row, id and hash, and nothing of its words.
CREATE TABLE withdrawals (
  report  TEXT PRIMARY KEY REFERENCES reports (id) ON UPDATE CASCADE,
  who     TEXT NOT NULL,
  made_at TEXT NOT NULL,                         -- UTC
  why     TEXT NOT NULL
);
CREATE TRIGGER withdrawals_stay BEFORE DELETE ON withdrawals
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal cannot be undone');
END;

CREATE TRIGGER reports_text_is_immutable
BEFORE UPDATE OF n, article, sha256, title, text, folded, body_start, zones ON reports
WHEN NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.report = old.id)
  OR (new.n, new.article, new.sha256) IS NOT (old.n, old.article, old.sha256)
  OR (new.title, new.text, new.folded, new.body_start, new.zones) IS NOT (NULL, '', '', 0, '[]')
BEGIN
  SELECT RAISE (ABORT, 'the text of a report is immutable: add the other text as a new version, or withdraw the report');
END;
CREATE TRIGGER reports_stay
BEFORE DELETE ON reports
BEGIN
  SELECT RAISE (ABORT, 'a report is never deleted from a record');
END;

-- The whole coded page (vaka.page/1) as JSON, without article.text, which stands in reports alone.
CREATE TABLE pages (
  report TEXT PRIMARY KEY REFERENCES reports (id) ON UPDATE CASCADE,
  page   TEXT NOT NULL
);

-- MinHash signatures of the body, by which copies are found.
CREATE TABLE signatures (
  report TEXT PRIMARY KEY REFERENCES reports (id) ON UPDATE CASCADE,
  digest BLOB NOT NULL                           -- little-endian 32-bit numbers; empty for a body without words
);

-- Full text: title, text and the ASCII column. External content, so Datasette offers its search box on reports.
CREATE VIRTUAL TABLE reports_fts USING fts5 (
  title, text, folded, content = 'reports', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER reports_index AFTER INSERT ON reports
BEGIN
  INSERT INTO reports_fts (rowid, title, text, folded) VALUES (new.n, new.title, new.text, new.folded);
END;

-- Every coded item: its layer (event, quote, pledge, cause, time, place, actor) and what made it.
CREATE TABLE items (
  id           TEXT PRIMARY KEY,
  report       TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  layer        TEXT NOT NULL,
  position     INTEGER NOT NULL,                 -- place in the page's list of that layer
  stage        TEXT NOT NULL,
  rule         TEXT NOT NULL,
  rule_version TEXT NOT NULL,
  score        REAL NOT NULL                     -- how sure, 0 to 1 (not PLOVER's score)
);
CREATE INDEX items_report ON items (report, layer, position);

-- The words behind each field of each item. Fields: evidence, trigger, actor, recipient, when, where, magnitude:dead,
-- quote:content, quote:speaker, quote:cue, quote:addressee, pledge:content, pledge:promiser, pledge:beneficiary,
-- pledge:condition, pledge:amount, pledge:due, cause, effect, signal, mention.
CREATE TABLE evidence (
  item     TEXT NOT NULL REFERENCES items (id),
  layer    TEXT NOT NULL,
  field    TEXT NOT NULL,
  position INTEGER NOT NULL,
  report   TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  "start"  INTEGER NOT NULL CHECK ("start" >= 0),
  "end"    INTEGER NOT NULL CHECK ("end" > "start"),
  text     TEXT NOT NULL,
  PRIMARY KEY (item, field, position)
) WITHOUT ROWID;
CREATE INDEX evidence_report ON evidence (report, "start");

-- Who did what to whom; parties stand in event_actors, numbers in magnitudes.
CREATE TABLE events (
  id              TEXT PRIMARY KEY REFERENCES items (id),
  report          TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  type            TEXT NOT NULL,
  mode            TEXT,
  modes           TEXT NOT NULL,                 -- JSON list
  contexts        TEXT NOT NULL,                 -- JSON list
  cameo           TEXT,
  quad            TEXT,
  score           REAL,                          -- PLOVER's score of the type and mode
  status          TEXT NOT NULL,
  "trigger"       TEXT NOT NULL,
  said_by         TEXT,                          -- quote id
  when_type       TEXT,
  when_value      TEXT,
  when_start      TEXT,
  when_end        TEXT,
  when_grain      TEXT,
  when_mod        TEXT,
  when_from       TEXT,                          -- clause, sentence, story, dateline, published
  where_name      TEXT,
  where_country   TEXT,
  where_admin1    TEXT,
  where_lat       REAL,
  where_lon       REAL,
  where_geonameid INTEGER,
  where_precision TEXT,
  where_from      TEXT
);
CREATE INDEX events_report ON events (report);
CREATE INDEX events_date ON events (when_start);
CREATE INDEX events_type ON events (type, mode);
-- Events by where and when, and parties by whom, without reading the rows themselves.
CREATE INDEX events_place ON events (where_country, id);
CREATE INDEX events_days ON events (when_start, when_end, id);

-- Parties of an event, in order. Derived: a person's correction of a side replaces its rows and stands from position 1000
-- on, without a mention.
CREATE TABLE event_actors (
  event       TEXT NOT NULL REFERENCES events (id),
  role        TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  position    INTEGER NOT NULL,
  mention     TEXT NOT NULL,                     -- id of the mention
  name        TEXT NOT NULL,
  country     TEXT,
  sector      TEXT,
  sectors     TEXT NOT NULL,                     -- JSON list
  kind        TEXT NOT NULL,
  office      TEXT,                              -- the contract's actor.role, as "foreign minister"
  org         TEXT,
  resolved_by TEXT NOT NULL,                     -- as the contract has it; person where a person corrected the side
  replaced    INTEGER NOT NULL DEFAULT 0,        -- derived: 1 where a person's correction stands instead
  PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
CREATE INDEX event_actors_country ON event_actors (country, role);
CREATE INDEX event_actors_named ON event_actors (name, country, org);
CREATE INDEX event_actors_mention ON event_actors (mention);

-- Numbers of an event: dead, injured, arrested, size, money, percent. An open end is NULL ("at least 5").
CREATE TABLE magnitudes (
  event TEXT NOT NULL REFERENCES events (id),
  kind  TEXT NOT NULL,
  low   REAL,
  high  REAL,
  text  TEXT NOT NULL,
  PRIMARY KEY (event, kind)
) WITHOUT ROWID;

CREATE TABLE quotes (
  id                TEXT PRIMARY KEY REFERENCES items (id),
  report            TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  kind              TEXT NOT NULL,               -- direct, indirect, mixed
  speaker           TEXT,
  speaker_country   TEXT,
  speaker_org       TEXT,
  speaker_office    TEXT,
  cue               TEXT,
  content           TEXT NOT NULL,               -- stretches joined by " … "
  addressee         TEXT,
  addressee_country TEXT,
  parent            TEXT                         -- the quote that holds this one
);
CREATE INDEX quotes_report ON quotes (report);
CREATE INDEX quotes_speaker ON quotes (speaker_country, speaker);

CREATE TABLE pledges (
  id                  TEXT PRIMARY KEY REFERENCES items (id),
  report              TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  kind                TEXT NOT NULL,             -- pledge, expectation, ultimatum
  promiser            TEXT,
  promiser_country    TEXT,
  promiser_sectors    TEXT,                      -- JSON list
  promiser_kind       TEXT,
  promiser_org        TEXT,
  beneficiary         TEXT,
  beneficiary_country TEXT,
  beneficiary_sectors TEXT,                      -- JSON list
  beneficiary_kind    TEXT,
  beneficiary_org     TEXT,
  act                 TEXT,                      -- the event type of what is promised
  content             TEXT NOT NULL,
  condition           TEXT,
  amount_low          REAL,
  amount_high         REAL,
  due_value           TEXT,
  due_start           TEXT,
  due_end             TEXT,
  event               TEXT,                      -- the event of promising
  said_by             TEXT,                      -- quote id
  coded_status        TEXT NOT NULL,             -- as its own report has it
  status              TEXT NOT NULL,             -- derived: as all reports together have it
  same_as             TEXT REFERENCES pledges (id)  -- derived: the same promise in an earlier copy of the report
);
CREATE INDEX pledges_report ON pledges (report);
CREATE INDEX pledges_status ON pledges (status, due_end);
CREATE INDEX pledges_shown ON pledges (due_end IS NULL, due_end);
CREATE INDEX pledges_told ON pledges (coalesce (same_as, id));

-- Derived: every change of a pledge, with the passage that shows it.
CREATE TABLE pledge_history (
  pledge   TEXT NOT NULL REFERENCES pledges (id),
  position INTEGER NOT NULL,
  status   TEXT NOT NULL,
  date     TEXT,
  report   TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  event    TEXT REFERENCES events (id),          -- the event that shows the change, where one does
  "start"  INTEGER NOT NULL CHECK ("start" >= 0),
  "end"    INTEGER NOT NULL,
  text     TEXT NOT NULL,
  "by"     TEXT NOT NULL,                        -- engine, or the person
  why      TEXT,                                 -- of a person
  PRIMARY KEY (pledge, position)
) WITHOUT ROWID;

CREATE TABLE causes (
  id           TEXT PRIMARY KEY REFERENCES items (id),
  report       TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  cause        TEXT NOT NULL,
  effect       TEXT NOT NULL,
  signal       TEXT,
  cause_event  TEXT,
  effect_event TEXT,
  said_by      TEXT                              -- quote id: who claims it
);
CREATE INDEX causes_report ON causes (report);

CREATE TABLE times (
  id      TEXT PRIMARY KEY REFERENCES items (id),
  report  TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  text    TEXT,
  type    TEXT NOT NULL,
  value   TEXT,
  "start" TEXT,                                  -- a date here, not an offset
  "end"   TEXT,
  grain   TEXT,
  mod     TEXT
);
CREATE INDEX times_report ON times (report);

CREATE TABLE places (
  id        TEXT PRIMARY KEY REFERENCES items (id),
  report    TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  text      TEXT NOT NULL,
  name      TEXT NOT NULL,
  country   TEXT,
  admin1    TEXT,
  lat       REAL,
  lon       REAL,
  geonameid INTEGER,
  precision TEXT
);
CREATE INDEX places_report ON places (report);

-- Mentions of actors.
CREATE TABLE actors (
  id          TEXT PRIMARY KEY REFERENCES items (id),
  report      TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  text        TEXT NOT NULL,                     -- the mention as it stands
  name        TEXT NOT NULL,                     -- whom it resolves to
  country     TEXT,
  sector      TEXT,
  sectors     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  office      TEXT,
  org         TEXT,
  resolved_by TEXT NOT NULL
);
CREATE INDEX actors_report ON actors (report);
CREATE INDEX actors_name ON actors (name);

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

-- Parties of events as the record knows them: as the page has them, completed by the record's memory, and as people
-- corrected them.
CREATE VIEW event_parties AS
SELECT
  a.event, a.role, a.position, a.mention, coalesce (m.name, a.name) AS name, coalesce (a.country, m.country) AS country,
  coalesce (a.sector, m.sectors ->> 0) AS sector, CASE WHEN a.sectors = '[]' THEN coalesce (m.sectors, '[]')
  ELSE a.sectors END AS sectors, CASE WHEN m.mention IS NULL THEN a.kind ELSE 'person' END AS kind,
  coalesce (a.office, m.office) AS office, coalesce (a.org, m.org) AS org,
  CASE WHEN m.mention IS NULL THEN a.resolved_by ELSE 'memory' END AS resolved_by
FROM event_actors a
LEFT JOIN remembered m ON m.mention = a.mention
WHERE a.replaced = 0;

-- Derived: one happening, told by one or more reports.
CREATE TABLE incidents (
  id                  TEXT PRIMARY KEY,          -- made from the event that tells it first
  type                TEXT NOT NULL,
  mode                TEXT,
  modes               TEXT NOT NULL,             -- JSON list
  status              TEXT NOT NULL,
  when_event          TEXT REFERENCES events (id),  -- whose date stands for the incident
  when_start          TEXT,
  when_end            TEXT,
  where_event         TEXT REFERENCES events (id),  -- whose place stands for the incident
  where_name          TEXT,
  where_country       TEXT,
  first_published     TEXT,
  last_published      TEXT,
  score               REAL NOT NULL,             -- the surest telling's
  tellings            INTEGER NOT NULL,
  independent_sources INTEGER NOT NULL           -- groups of copies, each counted once
);
CREATE INDEX incidents_date ON incidents (when_start);
-- In the order in which they are shown, so that a first page reads only its own rows.
CREATE INDEX incidents_shown ON incidents
  (coalesce (when_start, first_published) IS NULL, coalesce (when_start, first_published), first_published, id);

-- Derived: the tellings of an incident. Any telling's alias finds the incident, so an id once cited is found again.
CREATE TABLE incident_events (
  incident TEXT NOT NULL REFERENCES incidents (id),
  event    TEXT NOT NULL UNIQUE REFERENCES events (id),
  alias    TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  "by"     TEXT NOT NULL,                        -- engine, or the person whose judgement put it here
  why      TEXT NOT NULL,
  PRIMARY KEY (incident, position)
) WITHOUT ROWID;

-- Derived: the distinct parties of an incident, each by the telling that names it best.
CREATE TABLE incident_parties (
  incident       TEXT NOT NULL REFERENCES incidents (id),
  role           TEXT NOT NULL,
  position       INTEGER NOT NULL,
  event          TEXT NOT NULL,
  event_position INTEGER NOT NULL,
  PRIMARY KEY (incident, role, position),
  FOREIGN KEY (event, role, event_position) REFERENCES event_actors (event, role, position)
) WITHOUT ROWID;

-- Derived: the numbers of an incident, one row a telling; values that differ stand side by side.
CREATE TABLE incident_values (
  incident TEXT NOT NULL REFERENCES incidents (id),
  kind     TEXT NOT NULL,
  event    TEXT NOT NULL REFERENCES events (id),
  report   TEXT NOT NULL REFERENCES reports (id) ON UPDATE CASCADE,
  low      REAL,
  high     REAL,
  text     TEXT NOT NULL,
  PRIMARY KEY (incident, kind, event)
) WITHOUT ROWID;

-- REVIEW: what people say to the machine's answers.

-- What a person decided: who, when, why. Undone by setting undone_at, never deleted.
CREATE TABLE judgements (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,                       -- accept, reject, correct, merge, split or grade
  items     TEXT NOT NULL,                       -- JSON list of the ids it speaks of; source:NAME for a source
  value     TEXT,                                -- JSON: {"field", "was", "is", "on"}, {"apart": [ids]}, {"grade"}
  who       TEXT NOT NULL,
  made_at   TEXT NOT NULL,                       -- UTC
  why       TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT,
  about     TEXT NOT NULL DEFAULT '[]',          -- JSON: where each item stood, and the hash of what it said
  undone_why TEXT
);
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
BEGIN
  SELECT RAISE (ABORT, 'a judgement is undone, never deleted');
END;
CREATE TRIGGER judgements_are_immutable
BEFORE UPDATE OF id, kind, items, who, made_at, why, about ON judgements
BEGIN
  SELECT RAISE (ABORT, 'a judgement is undone, never changed');
END;
-- Only a withdrawal takes out what the machine had said, for that may be words of the report.
CREATE TRIGGER judgements_keep_their_value
BEFORE UPDATE OF value ON judgements WHEN new.value IS NOT json_remove (old.value, '$.was')
BEGIN
  SELECT RAISE (ABORT, 'a judgement is undone, never changed');
END;
CREATE TRIGGER judgements_are_undone_once
BEFORE UPDATE OF undone_at, undone_by, undone_why ON judgements WHEN old.undone_at IS NOT NULL OR new.undone_at IS NULL
BEGIN
  SELECT RAISE (ABORT, 'a judgement is undone once');
END;

-- Derived: what stands of people's judgements on an item (accepted, rejected or corrected).
CREATE TABLE reviewed (
  item    TEXT PRIMARY KEY REFERENCES items (id),
  verdict TEXT NOT NULL
) WITHOUT ROWID;

-- Derived: events as people corrected them, in the columns of events; the machine's answer stays there.
CREATE TABLE corrected_events (
  id              TEXT PRIMARY KEY REFERENCES events (id),
  fields          TEXT NOT NULL,                 -- JSON list of what was corrected
  type            TEXT NOT NULL,
  mode            TEXT,
  modes           TEXT NOT NULL,
  status          TEXT NOT NULL,
  when_start      TEXT,
  when_end        TEXT,
  where_name      TEXT,
  where_country   TEXT
) WITHOUT ROWID;

-- Derived: the same of pledges.
CREATE TABLE corrected_pledges (
  id                  TEXT PRIMARY KEY REFERENCES pledges (id),
  kind                TEXT NOT NULL,
  promiser            TEXT,
  promiser_country    TEXT,
  promiser_org        TEXT,
  beneficiary         TEXT,
  beneficiary_country TEXT,
  beneficiary_org     TEXT,
  act                 TEXT,
  due_end             TEXT
) WITHOUT ROWID;

-- Derived: who appears in events of reports of one genre, how often, and what is shown of it (JSON).
CREATE TABLE actor_counts (
  name    TEXT NOT NULL,
  country TEXT,
  org     TEXT,
  genre   TEXT NOT NULL,                         -- none for a report whose genre is not known
  acts    INTEGER NOT NULL,                      -- events as actor and as recipient
  told    TEXT NOT NULL
);

-- Events as questions filter them: in the columns named here as people corrected them.
CREATE VIEW judged_events AS
SELECT
  e.id, e.report, CASE WHEN c.id IS NULL THEN e.type ELSE c.type END AS type,
  CASE WHEN c.id IS NULL THEN e.mode ELSE c.mode END AS mode,
  CASE WHEN c.id IS NULL THEN e.status ELSE c.status END AS status,
  CASE WHEN c.id IS NULL THEN e.when_start ELSE c.when_start END AS when_start,
  CASE WHEN c.id IS NULL THEN e.when_end ELSE c.when_end END AS when_end,
  CASE WHEN c.id IS NULL THEN e.where_country ELSE c.where_country END AS where_country
FROM events e
LEFT JOIN corrected_events c ON c.id = e.id;

-- The same of pledges.
CREATE VIEW judged_pledges AS
SELECT
  p.id, p.report, p.status, p.same_as, CASE WHEN c.id IS NULL THEN p.kind ELSE c.kind END AS kind,
  CASE WHEN c.id IS NULL THEN p.promiser ELSE c.promiser END AS promiser,
  CASE WHEN c.id IS NULL THEN p.promiser_country ELSE c.promiser_country END AS promiser_country,
  CASE WHEN c.id IS NULL THEN p.promiser_org ELSE c.promiser_org END AS promiser_org,
  CASE WHEN c.id IS NULL THEN p.beneficiary ELSE c.beneficiary END AS beneficiary,
  CASE WHEN c.id IS NULL THEN p.beneficiary_country ELSE c.beneficiary_country END AS beneficiary_country,
  CASE WHEN c.id IS NULL THEN p.beneficiary_org ELSE c.beneficiary_org END AS beneficiary_org,
  CASE WHEN c.id IS NULL THEN p.act ELSE c.act END AS act,
  CASE WHEN c.id IS NULL THEN p.due_end ELSE c.due_end END AS due_end
FROM pledges p
LEFT JOIN corrected_pledges c ON c.id = p.id;

-- Every item with what made it, and what people say to it.
CREATE VIEW v_items AS
SELECT
  i.id, i.layer, i.report, i.stage, i.rule, i.rule_version, i.score AS certainty, r.engine ->> 'version' AS engine,
  r.engine ->> 'knowledge' AS knowledge, r.engine -> 'models' AS models, v.verdict
FROM items i
JOIN reports r ON r.id = i.report
LEFT JOIN reviewed v ON v.item = i.id;

-- Every judgement, one row an item; report is NULL where the record holds the item no more.
CREATE VIEW v_judgements AS
SELECT
  j.id, j.made_at, j.who, j.kind, e.value AS item, i.layer, i.report, j.value ->> 'field' AS field, j.value ->> 'was' AS was,
  coalesce (j.value ->> 'is', j.value ->> 'grade') AS "is", j.why, j.undone_at, j.undone_by, j.undone_why
FROM judgements j
JOIN json_each (j.items) e
LEFT JOIN items i ON i.id = e.value;

-- END OF REVIEW

-- Events with their parties, evidence and report.
CREATE VIEW v_events AS
SELECT
  e.id, coalesce (e.when_start, substr (r.published, 1, 10)) AS date, e.when_start, e.when_end, e.when_grain, e.when_from,
  e.type, e.mode, e.status, e.quad, e.score AS plover_score, i.score AS certainty,
  (SELECT group_concat (name, '; ') FROM
    (SELECT name FROM event_actors a WHERE a.event = e.id AND a.role = 'actor' AND position < 1000
     ORDER BY position)) AS actors,
  (SELECT group_concat (name, '; ') FROM
    (SELECT name FROM event_actors a WHERE a.event = e.id AND a.role = 'recipient' AND position < 1000
     ORDER BY position)) AS recipients,
  e.where_name, e.where_country, e.where_precision, e.where_lat AS latitude, e.where_lon AS longitude, e."trigger",
  (SELECT text FROM evidence v WHERE v.item = e.id AND v.field = 'evidence' ORDER BY position LIMIT 1) AS evidence,
  ie.incident, e.report, r.title, r.published, r.source, r.url, r.genre, r.copy_group, v.verdict
FROM events e
JOIN items i ON i.id = e.id
JOIN reports r ON r.id = e.report
LEFT JOIN incident_events ie ON ie.event = e.id
LEFT JOIN reviewed v ON v.item = e.id;

-- One line a happening, in order of time.
CREATE VIEW v_timeline AS
SELECT
  coalesce (n.when_start, substr (n.first_published, 1, 10)) AS date, n.when_end AS until, n.type, n.mode, n.status,
  (SELECT group_concat (name, '; ') FROM
    (SELECT a.name FROM incident_parties p
     JOIN event_actors a ON a.event = p.event AND a.role = p.role AND a.position = p.event_position
     WHERE p.incident = n.id AND p.role = 'actor' ORDER BY p.position)) AS actors,
  (SELECT group_concat (name, '; ') FROM
    (SELECT a.name FROM incident_parties p
     JOIN event_actors a ON a.event = p.event AND a.role = p.role AND a.position = p.event_position
     WHERE p.incident = n.id AND p.role = 'recipient' ORDER BY p.position)) AS recipients,
  n.where_name, n.where_country, n.independent_sources, n.tellings,
  (SELECT v.text FROM incident_events ie JOIN evidence v ON v.item = ie.event AND v.field = 'evidence'
   WHERE ie.incident = n.id ORDER BY ie.position, v.position LIMIT 1) AS evidence,
  (SELECT e.report FROM incident_events ie JOIN events e ON e.id = ie.event
   WHERE ie.incident = n.id ORDER BY ie.position LIMIT 1) AS report,
  n.id AS incident
FROM incidents n
ORDER BY date IS NULL, date, n.id;

-- Who said what.
CREATE VIEW v_quotes AS
SELECT
  q.id, substr (r.published, 1, 10) AS date, q.speaker, q.speaker_country, q.speaker_org, q.speaker_office, q.kind,
  q.cue, q.content, q.addressee, q.addressee_country, q.parent, i.score AS certainty, q.report, r.title, r.source, r.url
FROM quotes q
JOIN items i ON i.id = q.id
JOIN reports r ON r.id = q.report;

-- What was promised, by when, and whether it was done; the same promise in copies of one report stands once.
CREATE VIEW v_pledges AS
SELECT
  p.id, substr (r.published, 1, 10) AS date, p.kind, p.promiser, p.promiser_country, p.beneficiary,
  p.beneficiary_country, p.act, p.content, p.condition, p.amount_low, p.amount_high, p.due_start, p.due_end, p.status,
  (SELECT h.text FROM pledge_history h WHERE h.pledge = p.id ORDER BY h.position DESC LIMIT 1) AS status_evidence,
  (SELECT h.date FROM pledge_history h WHERE h.pledge = p.id ORDER BY h.position DESC LIMIT 1) AS status_date,
  (SELECT h.report FROM pledge_history h WHERE h.pledge = p.id ORDER BY h.position DESC LIMIT 1) AS status_report,
  i.score AS certainty, p.report, r.title, r.source, r.url, v.verdict
FROM pledges p
JOIN items i ON i.id = p.id
JOIN reports r ON r.id = p.report
LEFT JOIN reviewed v ON v.item = p.id
WHERE p.same_as IS NULL;

-- What led to what, and who claims it.
CREATE VIEW v_causes AS
SELECT
  c.id, substr (r.published, 1, 10) AS date, c.cause, c.signal, c.effect, q.speaker AS said_by, c.cause_event,
  c.effect_event, i.score AS certainty, c.report, r.title, r.source, r.url
FROM causes c
JOIN items i ON i.id = c.id
JOIN reports r ON r.id = c.report
LEFT JOIN quotes q ON q.id = c.said_by;

-- Who appears in events, how often, and on which side.
CREATE VIEW v_actors AS
SELECT
  a.name, a.country, a.org, max (a.kind) AS kind, max (a.sector) AS sector,
  count (DISTINCT CASE WHEN a.role = 'actor' THEN a.event END) AS as_actor,
  count (DISTINCT CASE WHEN a.role = 'recipient' THEN a.event END) AS as_recipient,
  count (DISTINCT e.report) AS reports
FROM event_parties a
JOIN events e ON e.id = a.event
GROUP BY a.name, a.country, a.org;
