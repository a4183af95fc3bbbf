-- AlterTable
ALTER TABLE "import_batch" ADD COLUMN     "dropped_rows" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "facts_key" TEXT,
ADD COLUMN     "recognised_rows" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "replaces" UUID,
ADD COLUMN     "submit_mode" TEXT NOT NULL DEFAULT 'auto',
ADD COLUMN     "submitted_by" UUID,
ADD COLUMN     "submitter_name" TEXT,
ADD COLUMN     "task" TEXT NOT NULL DEFAULT 'check',
ADD COLUMN     "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "import_row" ADD COLUMN     "cell_faults" JSONB,
ADD COLUMN     "compared" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "corrected" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "dropped" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "import_correction" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "field" TEXT,
    "act" TEXT NOT NULL,
    "before" TEXT NOT NULL DEFAULT '',
    "after" TEXT NOT NULL DEFAULT '',
    "account_id" UUID NOT NULL,
    "account_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "import_correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_correction_batch_id_id_idx" ON "import_correction"("batch_id", "id");

-- AddForeignKey
ALTER TABLE "import_correction" ADD CONSTRAINT "import_correction_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "import_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE import_correction ALTER COLUMN org_path TYPE text COLLATE "C";
ALTER TABLE import_row ALTER COLUMN corrected SET NOT NULL;

-- 1. Closed lists and shapes.
ALTER TABLE import_batch
  DROP CONSTRAINT import_batch_status,
  DROP CONSTRAINT import_batch_whole,
  ADD CONSTRAINT import_batch_status CHECK (status IN ('pending', 'running', 'failed', 'ready', 'succeeded', 'cancelled')),
  ADD CONSTRAINT import_batch_task CHECK (task IN ('check', 'submit', 'submitClean')),
  ADD CONSTRAINT import_batch_submit_mode CHECK (submit_mode IN ('auto', 'manual')),
  -- REG-007: whole or not at all; what the registrar left out is named as such.
  ADD CONSTRAINT import_batch_whole CHECK (status NOT IN ('ready', 'succeeded')
    OR (invalid_rows = 0 AND valid_rows > 0 AND valid_rows + dropped_rows = total_rows));
ALTER TABLE import_correction ADD CONSTRAINT import_correction_act CHECK (act IN ('edit', 'drop', 'restore') AND (act = 'edit') = (field IS NOT NULL));
ALTER TABLE review_event
  DROP CONSTRAINT review_event_kind,
  ADD CONSTRAINT review_event_kind CHECK (kind IN ('submit', 'check', 'approve', 'refuse', 'escalate', 'resubmit', 'remove', 'recall', 'end', 'effect'));

-- 2. The views of the grid, each by row number; batches that wait for somebody, by age; items that keep their batch from being taken back.
DROP INDEX import_row_invalid;
CREATE INDEX import_row_failing ON import_row (batch_id, row_number) WHERE NOT valid AND NOT dropped;
CREATE INDEX import_row_noted ON import_row (batch_id, row_number) WHERE issues <> '[]';
CREATE INDEX import_row_corrected ON import_row (batch_id, row_number) WHERE corrected <> '{}';
CREATE INDEX import_row_dropped ON import_row (batch_id, row_number) WHERE dropped;
CREATE INDEX import_batch_idle ON import_batch (touched_at) WHERE status IN ('failed', 'ready', 'cancelled');
CREATE INDEX review_item_decided ON review_item (import_batch_id)
  WHERE import_batch_id IS NOT NULL AND (status NOT IN ('checking', 'open', 'duplicate') OR step > 0 OR round > 0);

-- 3. Corrections are history while their batch lasts: added, taken back, never edited (grants in migrate.ts).
ALTER TABLE import_correction ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON import_correction USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

-- 4. What was staged before: where an issue comes from, what the reader noticed, what rows are compared by, when the batch was last touched.
UPDATE import_batch SET touched_at = coalesce(finished_at, uploaded_at);
UPDATE import_row SET
  compared = jsonb_strip_nulls(jsonb_build_object('identityType', values->'identityType', 'identityNumber', values->'identityNumber',
    'auxiliaryNumber', values->'auxiliaryNumber', 'classNumber', values->'classNumber', 'seatNumber', values->'seatNumber')),
  cell_faults = (SELECT jsonb_object_agg(i->>'field', substr(i->>'code', 6)) FROM jsonb_array_elements(issues) AS i WHERE i->>'code' LIKE 'cell.%'),
  issues = coalesce((SELECT jsonb_agg(i || CASE
      WHEN i->>'code' IN ('duplicate.inFile', 'duplicate.auxiliaryNumberInFile', 'duplicate.seatNumberInFile') THEN '{"layer":"file"}'
      WHEN i->>'code' IN ('duplicate.sameSchool', 'duplicate.elsewhere') THEN '{"layer":"holder"}'
      ELSE '{}' END::jsonb ORDER BY n)
    FROM jsonb_array_elements(issues) WITH ORDINALITY AS e (i, n)), '[]');
