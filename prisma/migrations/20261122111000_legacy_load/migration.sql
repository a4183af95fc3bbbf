-- CreateTable
CREATE TABLE "legacy_entry" (
    "batch_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "grade_id" UUID NOT NULL,
    "class_id" UUID,
    "student_id" UUID NOT NULL,
    "result" TEXT NOT NULL,
    "origin" UUID NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "is_wrong" BOOLEAN NOT NULL,
    "wanted_number" VARCHAR(19),
    "student_number" VARCHAR(19),
    "keeps_number" BOOLEAN NOT NULL DEFAULT false,
    "group_id" UUID,

    CONSTRAINT "legacy_entry_pkey" PRIMARY KEY ("batch_id","row_number")
);

-- CreateIndex
CREATE INDEX "legacy_entry_origin_idx" ON "legacy_entry"("origin");

-- AddForeignKey
ALTER TABLE "legacy_entry" ADD CONSTRAINT "legacy_entry_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "import_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE legacy_entry
  ALTER COLUMN org_path TYPE text COLLATE "C",
  ALTER COLUMN identity_number TYPE text COLLATE "C",
  ALTER COLUMN wanted_number TYPE varchar(19) COLLATE "C",
  ALTER COLUMN student_number TYPE varchar(19) COLLATE "C",
  ADD CONSTRAINT legacy_entry_result CHECK (result IN ('created', 'changed', 'unchanged')),
  -- A wrong number is nobody's: it is neither compared nor claimed.
  ADD CONSTRAINT legacy_entry_wrong CHECK (NOT is_wrong OR identity_number IS NULL),
  ADD CONSTRAINT legacy_entry_document CHECK (identity_type <> 'Z' OR identity_number IS NULL);
CREATE INDEX legacy_entry_problem ON legacy_entry (batch_id, row_number) WHERE group_id IS NOT NULL;
ALTER TABLE legacy_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON legacy_entry USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

-- A formal number that a load brings along was issued elsewhere, long ago: it is kept before the register has been asked again. We ourselves still issue
-- none unverified (NUM-006).
ALTER TABLE student DROP CONSTRAINT student_formal_verified;
ALTER TABLE student ADD CONSTRAINT student_formal_verified CHECK (left(student_number, 1) <> 'G' OR verification_status = 2 OR category = 'L01');
-- Children of loads whom the register is to be asked about.
CREATE INDEX student_unverified ON student (id) WHERE category = 'L01' AND verification_status = 0 AND identity_type = '1' AND NOT is_problem;
