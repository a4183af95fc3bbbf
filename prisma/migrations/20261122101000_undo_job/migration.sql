-- AlterTable
ALTER TABLE "import_batch" ADD COLUMN     "undo_by" UUID,
ADD COLUMN     "undo_name" TEXT;

-- What the schema cannot say: taking a submitted batch back is work for a job like the others.
ALTER TABLE import_batch
  DROP CONSTRAINT import_batch_task,
  ADD CONSTRAINT import_batch_task CHECK (task IN ('check', 'submit', 'submitClean', 'undo'));
