-- Standing photographs of registered children stand in the tally too (decision 0020, PHO-008): room 'photos', by the entry year of the child's grade.
CREATE FUNCTION tally_photo_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT 'photos', g.entry_year, s.org_path, 'standing', 0, count(*)
    FROM added p JOIN student s ON s.id = p.student_id JOIN grade g ON g.id = s.grade_id
    WHERE p.replaced_at IS NULL AND s.item_id IS NOT NULL GROUP BY 2, 3;
  RETURN NULL;
END $$;
CREATE FUNCTION tally_photo_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT 'photos', g.entry_year, s.org_path, 'standing', 0, -count(*)
    FROM before o JOIN moved p ON p.id = o.id JOIN student s ON s.id = p.student_id JOIN grade g ON g.id = s.grade_id
    WHERE o.replaced_at IS NULL AND p.replaced_at IS NOT NULL AND s.item_id IS NOT NULL GROUP BY 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER student_photo_tally_set AFTER INSERT ON student_photo REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_photo_set();
CREATE TRIGGER student_photo_tally_replaced AFTER UPDATE ON student_photo REFERENCING OLD TABLE AS before NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION tally_photo_replaced();

-- A child that moves takes its photograph along: rare, and so row by row.
CREATE FUNCTION tally_photo_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT 'photos', g.entry_year, c.path, 'standing', 0, c.n
    FROM (VALUES (OLD.grade_id, OLD.org_path, -1), (NEW.grade_id, NEW.org_path, 1)) AS c (grade_id, path, n) JOIN grade g ON g.id = c.grade_id
    WHERE EXISTS (SELECT FROM student_photo p WHERE p.student_id = NEW.id AND p.replaced_at IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER student_moves_photo_tally AFTER UPDATE OF org_path, grade_id ON student FOR EACH ROW
  WHEN (NEW.item_id IS NOT NULL AND (OLD.org_path IS DISTINCT FROM NEW.org_path OR OLD.grade_id IS DISTINCT FROM NEW.grade_id))
  EXECUTE FUNCTION tally_photo_moved();

-- Those that stand already; written here once, where no trigger is.
SET app.sums_up = 'on';
INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
  SELECT 'photos', g.entry_year, s.org_path, 'standing', 0, count(*)
  FROM student_photo p JOIN student s ON s.id = p.student_id JOIN grade g ON g.id = s.grade_id
  WHERE p.replaced_at IS NULL AND s.item_id IS NOT NULL GROUP BY 2, 3;
RESET app.sums_up;
