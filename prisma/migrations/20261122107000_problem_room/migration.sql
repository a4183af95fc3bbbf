-- 问题学籍: the group's state, order and arbiter, each party's state and handling, and a timeline that nobody alters.
ALTER TABLE "problem_group"
  ADD COLUMN "is_ordered" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "is_cross_province" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_history" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "arbiter_path" TEXT COLLATE "C",
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "ended_at" TIMESTAMPTZ(3);
ALTER TABLE "problem_member"
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'todo',
  ADD COLUMN "is_live" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "handling" TEXT,
  ADD COLUMN "item_id" UUID;
CREATE TABLE "problem_event" (
  "id" UUID NOT NULL,
  "group_id" UUID NOT NULL,
  "student_id" UUID,
  "kind" TEXT NOT NULL,
  "item_id" UUID,
  "opinion" TEXT NOT NULL DEFAULT '',
  "actor_id" UUID,
  "actor_name" TEXT NOT NULL,
  "actor_org" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "problem_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "problem_event_group_id_id_idx" ON "problem_event"("group_id", "id");
ALTER TABLE "problem_event" ADD CONSTRAINT "problem_event_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "problem_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed lists, and what no sequence of commands may lead to (flows §4.1).
ALTER TABLE problem_group
  ADD CONSTRAINT problem_group_type CHECK (problem_type BETWEEN 1 AND 3),
  ADD CONSTRAINT problem_group_status CHECK (status IN ('open', 'arbitration', 'ended')),
  ADD CONSTRAINT problem_group_arbiter CHECK (status <> 'arbitration' OR arbiter_path IS NOT NULL),
  ADD CONSTRAINT problem_group_ended CHECK ((status = 'ended') = (ended_at IS NOT NULL));
ALTER TABLE problem_member
  ADD CONSTRAINT problem_member_state CHECK (state IN ('todo', 'attested', 'lost', 'won', 'amended', 'removed', 'released')),
  -- PROB-003: only who still has to act waits for another.
  ADD CONSTRAINT problem_member_locked CHECK (NOT is_locked OR state = 'todo'),
  ADD CONSTRAINT problem_member_handling CHECK (handling IN ('amend', 'attest', 'remove')),
  ADD CONSTRAINT problem_member_left CHECK (NOT is_live OR state IN ('todo', 'attested', 'lost'));
-- A student stands in one live group at most.
CREATE UNIQUE INDEX problem_member_one_live ON problem_member (student_id) WHERE is_live;
CREATE INDEX problem_member_live ON problem_member (org_path, group_id) WHERE is_live;
CREATE INDEX problem_member_item ON problem_member (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX problem_group_arbitration ON problem_group (arbiter_path, id) WHERE status = 'arbitration';

CREATE TRIGGER problem_event_append_only BEFORE UPDATE OR DELETE ON problem_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER problem_event_no_truncate BEFORE TRUNCATE ON problem_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 佐证 and 删除 leave name and document as they are: nothing is to be asked of the nation before they take effect (PROB-012).
ALTER TABLE review_item DROP CONSTRAINT review_item_checked;
ALTER TABLE review_item ADD CONSTRAINT review_item_checked CHECK (status <> 'effective' OR identity_type = 'Z' OR business IN (35, 36, 40, 41)
  OR (duplicate_status = 2 AND (identity_type <> '1' OR verification_status >= 2)));
