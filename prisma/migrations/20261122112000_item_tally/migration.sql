-- CreateTable
CREATE TABLE "item_tally" (
    "id" UUID NOT NULL DEFAULT new_id(),
    "room" TEXT NOT NULL,
    "entry_year" INTEGER NOT NULL,
    "org_path" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "verification" SMALLINT NOT NULL,
    "items" INTEGER NOT NULL,

    CONSTRAINT "item_tally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "item_tally_room_entry_year_org_path_idx" ON "item_tally"("room", "entry_year", "org_path");

-- What the schema cannot say (decision 0020).
ALTER TABLE item_tally ALTER COLUMN org_path TYPE text COLLATE "C";
DROP INDEX item_tally_room_entry_year_org_path_idx;
CREATE INDEX item_tally_room_entry_year_org_path_idx ON item_tally (room, entry_year, org_path);
ALTER TABLE item_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON item_tally USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

-- Where an item stands, as the home page counts it; null for what it does not count.
CREATE FUNCTION item_stage(status text, waiting_act text, waiting_path text, org_path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN status IN ('checking', 'duplicate') THEN 'checking' WHEN status IN ('returned', 'effective') THEN status
    WHEN status = 'open' THEN CASE WHEN waiting_act = 'escalate' THEN 'escalate' WHEN waiting_path = org_path THEN 'school' ELSE 'bureau' END END
$$;

-- What the register said of a resident card: 2 confirmed, 3 not; 0 for the others and while nothing has been said.
CREATE FUNCTION item_verification(identity_type text, verification_status smallint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN identity_type = '1' AND verification_status IN (2, 3) THEN verification_status ELSE 0 END
$$;

-- Changes are written down and never counted up in place: two commands on one school do not wait for each other.
CREATE FUNCTION tally_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT f.room, g.entry_year, f.org_path, item_stage(f.status, f.waiting_act, f.waiting_path, f.org_path) AS stage,
      item_verification(f.identity_type, f.verification_status), count(*)
    FROM filed f JOIN grade g ON g.id = f.grade_id
    WHERE item_stage(f.status, f.waiting_act, f.waiting_path, f.org_path) IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;
CREATE FUNCTION tally_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT c.room, g.entry_year, c.org_path, c.stage, c.verification, sum(c.items)
    FROM (SELECT room, grade_id, org_path, item_stage(status, waiting_act, waiting_path, org_path) AS stage,
        item_verification(identity_type, verification_status) AS verification, count(*) AS items FROM moved GROUP BY 1, 2, 3, 4, 5
      UNION ALL
      SELECT room, grade_id, org_path, item_stage(status, waiting_act, waiting_path, org_path),
        item_verification(identity_type, verification_status), -count(*) FROM before GROUP BY 1, 2, 3, 4, 5) c
    JOIN grade g ON g.id = c.grade_id
    WHERE c.stage IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(c.items) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER review_item_tally_filed AFTER INSERT ON review_item REFERENCING NEW TABLE AS filed FOR EACH STATEMENT EXECUTE FUNCTION tally_filed();
CREATE TRIGGER review_item_tally_moved AFTER UPDATE ON review_item REFERENCING OLD TABLE AS before NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION tally_moved();

-- Sums up what was written down, in one statement: whoever reads meanwhile sees all of it before or all of it after. What another sums up at the same time is his.
CREATE FUNCTION sum_up_tally() RETURNS void LANGUAGE sql SET app.sums_up = 'on' AS $$
  WITH gone AS (
    DELETE FROM item_tally WHERE id IN (SELECT t.id FROM item_tally t WHERE (t.room, t.entry_year, t.org_path, t.stage, t.verification) IN
      (SELECT room, entry_year, org_path, stage, verification FROM item_tally GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) FOR UPDATE SKIP LOCKED)
    RETURNING room, entry_year, org_path, stage, verification, items)
  INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
    SELECT room, entry_year, org_path, stage, verification, sum(items) FROM gone GROUP BY 1, 2, 3, 4, 5 HAVING sum(items) <> 0
$$;

INSERT INTO item_tally (room, entry_year, org_path, stage, verification, items)
  SELECT i.room, g.entry_year, i.org_path, item_stage(i.status, i.waiting_act, i.waiting_path, i.org_path),
    item_verification(i.identity_type, i.verification_status), count(*)
  FROM review_item i JOIN grade g ON g.id = i.grade_id
  WHERE item_stage(i.status, i.waiting_act, i.waiting_path, i.org_path) IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

-- The database writes it itself; no code can, by itself.
CREATE TRIGGER item_tally_kept BEFORE INSERT OR UPDATE OR DELETE ON item_tally FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0 AND current_setting('app.sums_up', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION refuse_direct();

-- 注册进度 counts by the tally now.
DROP INDEX review_item_progress;
