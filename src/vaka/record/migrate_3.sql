-- From schema 2 to 3: review, withdrawal, grades. What is dropped here is made anew from schema.sql; the tables among it
-- are derived.
ALTER TABLE judgements ADD COLUMN about TEXT NOT NULL DEFAULT '[]';
ALTER TABLE judgements ADD COLUMN undone_why TEXT;
ALTER TABLE event_actors ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER reports_text_is_immutable;
DROP TABLE pledge_history;
DROP VIEW v_events;
DROP VIEW v_timeline;
DROP VIEW v_pledges;
DROP VIEW v_actors;
DROP VIEW event_parties;
