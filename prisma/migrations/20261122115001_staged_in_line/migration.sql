-- A staged row is written once, read a few times and gone after some days: compressing it costs a fifth of the staging, and every look at its values
-- undoes it again. It stays on its page as it is, in twice the room.
ALTER TABLE import_row SET (toast_tuple_target = 8160);
