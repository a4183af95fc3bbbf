-- DropIndex
DROP INDEX "identity_claim_student_id_idx";

-- DropIndex
DROP INDEX "review_event_item_id_id_idx";

-- CreateTable
CREATE TABLE "review_queue" (
    "item_id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "org_path" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "waiting_path" TEXT,
    "waiting_act" TEXT,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "next_check_at" TIMESTAMPTZ(3),
    "student_id" UUID,

    CONSTRAINT "review_queue_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "import_decided" (
    "batch_id" UUID NOT NULL,

    CONSTRAINT "import_decided_pkey" PRIMARY KEY ("batch_id")
);

-- CreateTable
CREATE TABLE "check_lease" (
    "id" UUID NOT NULL,
    "item_ids" UUID[],
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "check_lease_pkey" PRIMARY KEY ("id")
);

-- What the schema cannot say (decision 0010).
ALTER TABLE review_queue ALTER COLUMN org_path TYPE text COLLATE "C", ALTER COLUMN waiting_path TYPE text COLLATE "C";

-- 1. An item's state moves with every step. While no index of its table reads a column that moves, the new version stays on its page and no index learns
-- of it (HOT); for that, half of a page is left free. What is found by state is found through the narrow queue of items under way.
DROP INDEX review_item_one_open, review_item_waiting, review_item_due, review_item_duplicate, review_item_returned, review_item_decided;
ALTER TABLE review_item SET (fillfactor = 45);
CREATE UNIQUE INDEX review_queue_one_open ON review_queue (student_id) WHERE student_id IS NOT NULL;
CREATE INDEX review_queue_waiting ON review_queue (waiting_path, waiting_act, room, org_path, item_id) WHERE status = 'open';
CREATE INDEX review_queue_due ON review_queue (next_check_at, item_id) WHERE status = 'checking';
CREATE INDEX review_queue_duplicate ON review_queue (item_id) WHERE status = 'duplicate';
CREATE INDEX review_queue_returned ON review_queue (org_path, room, item_id) WHERE status = 'returned';

-- 2. The database keeps the queue itself, in the statement that moves the items: no code can forget it, and none can write it by itself. Beside it, once and for
-- all, the batches of which some item was decided: nothing of them can be taken back.
CREATE FUNCTION queue_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO review_queue (item_id, room, category, org_path, status, waiting_path, waiting_act, waiting_since, next_check_at, student_id)
    SELECT id, room, category, org_path, status, waiting_path, waiting_act, waiting_since, next_check_at, student_id FROM filed
    WHERE status IN ('checking', 'duplicate', 'open', 'returned');
  RETURN NULL;
END $$;
-- Its plans are kept by each connection, perhaps from a time when the queue was empty: by the key of what moved, whatever its size.
CREATE FUNCTION queue_moved() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off AS $$
BEGIN
  DELETE FROM review_queue WHERE item_id = ANY (ARRAY(SELECT id FROM moved WHERE status NOT IN ('checking', 'duplicate', 'open', 'returned')));
  UPDATE review_queue q SET status = m.status, waiting_path = m.waiting_path, waiting_act = m.waiting_act, waiting_since = m.waiting_since,
      next_check_at = m.next_check_at, student_id = m.student_id
    FROM moved m WHERE q.item_id = m.id AND q.item_id = ANY (ARRAY(SELECT id FROM moved WHERE status IN ('checking', 'duplicate', 'open', 'returned')));
  INSERT INTO import_decided (batch_id)
    SELECT DISTINCT import_batch_id FROM moved
    WHERE import_batch_id IS NOT NULL AND (status NOT IN ('checking', 'open', 'duplicate') OR step > 0 OR round > 0) ORDER BY 1
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER review_item_filed AFTER INSERT ON review_item REFERENCING NEW TABLE AS filed FOR EACH STATEMENT EXECUTE FUNCTION queue_filed();
CREATE TRIGGER review_item_moved AFTER UPDATE ON review_item REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION queue_moved();
-- An item that has ended stays ended: it has no place in the queue to go back to. Only what the system ended as a duplicate may be filed again after its
-- correction (REG-022), and is checked anew.
CREATE FUNCTION refuse_revival() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'item % has ended', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER review_item_ends_once BEFORE UPDATE ON review_item FOR EACH ROW
  WHEN (OLD.status IN ('rejected', 'refused', 'ended', 'effective', 'removed') AND NEW.status IN ('checking', 'duplicate', 'open', 'returned')
    AND NOT (OLD.status = 'ended' AND NEW.status = 'checking'))
  EXECUTE FUNCTION refuse_revival();
CREATE FUNCTION queue_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO review_queue (item_id, room, category, org_path, status, waiting_path, waiting_act, waiting_since, next_check_at, student_id)
    VALUES (NEW.id, NEW.room, NEW.category, NEW.org_path, NEW.status, NEW.waiting_path, NEW.waiting_act, NEW.waiting_since, NEW.next_check_at, NEW.student_id);
  RETURN NULL;
END $$;
CREATE TRIGGER review_item_filed_again AFTER UPDATE ON review_item FOR EACH ROW
  WHEN (OLD.status = 'ended' AND NEW.status = 'checking') EXECUTE FUNCTION queue_again();

ALTER TABLE review_queue ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON review_queue USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

INSERT INTO review_queue (item_id, room, category, org_path, status, waiting_path, waiting_act, waiting_since, next_check_at, student_id)
  SELECT id, room, category, org_path, status, waiting_path, waiting_act, waiting_since, next_check_at, student_id FROM review_item
  WHERE status IN ('checking', 'duplicate', 'open', 'returned');
INSERT INTO import_decided (batch_id)
  SELECT DISTINCT import_batch_id FROM review_item
  WHERE import_batch_id IS NOT NULL AND (status NOT IN ('checking', 'open', 'duplicate') OR step > 0 OR round > 0);

CREATE FUNCTION refuse_direct() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is kept by the database', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER review_queue_kept BEFORE INSERT OR UPDATE OR DELETE ON review_queue FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_direct();
CREATE TRIGGER import_decided_kept BEFORE INSERT OR UPDATE OR DELETE ON import_decided FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_direct();

-- 3. A claim is given its student once: with room on its page and no index on what changes, no index learns of it.
ALTER TABLE identity_claim SET (fillfactor = 80);

-- 4. Where the server makes time-ordered ids itself, it does so faster, and in order within a millisecond.
DO $$
BEGIN
  IF to_regprocedure('pg_catalog.uuidv7()') IS NOT NULL THEN
    CREATE OR REPLACE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT pg_catalog.uuidv7()';
  END IF;
END $$;
