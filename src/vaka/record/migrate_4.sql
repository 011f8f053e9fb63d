-- From schema 3 to 4: indexes that the questions of a large record walk along, and the counts of actors, which are
-- derived; all of them are made from schema.sql.
DROP INDEX event_actors_name;
