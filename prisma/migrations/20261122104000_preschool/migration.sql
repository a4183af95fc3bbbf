-- AlterTable
ALTER TABLE "import_batch" ADD COLUMN     "outcome" JSONB;

-- CreateTable
CREATE TABLE "preschool_archive" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "gender" CHAR(1) NOT NULL,
    "birth_date" DATE NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "kindergarten_name" TEXT NOT NULL,
    "kindergarten_region" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "import_batch_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "preschool_archive_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preschool_roster" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gender" CHAR(1) NOT NULL,
    "birth_date" DATE NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "match_status" CHAR(1) NOT NULL,
    "archive_id" UUID,
    "supplement_item_id" UUID,
    "import_file_name" TEXT,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "preschool_roster_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "preschool_roster_org_path_id_idx" ON "preschool_roster"("org_path", "id");

-- CreateIndex
CREATE INDEX "preschool_roster_archive_id_idx" ON "preschool_roster"("archive_id");

-- AddForeignKey
ALTER TABLE "preschool_roster" ADD CONSTRAINT "preschool_roster_archive_id_fkey" FOREIGN KEY ("archive_id") REFERENCES "preschool_archive"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE preschool_archive ALTER COLUMN identity_number TYPE text COLLATE "C";
ALTER TABLE preschool_roster
  ALTER COLUMN org_path TYPE text COLLATE "C",
  ALTER COLUMN identity_number TYPE text COLLATE "C";

-- 1. Closed lists and shapes.
ALTER TABLE preschool_archive
  ADD CONSTRAINT preschool_archive_gender CHECK (gender IN ('1', '2')),
  -- IDN-011: no number without a document, and none with one.
  ADD CONSTRAINT preschool_archive_number CHECK ((identity_type = 'Z') = (identity_number IS NULL));
ALTER TABLE preschool_roster
  ADD CONSTRAINT preschool_roster_gender CHECK (gender IN ('1', '2')),
  ADD CONSTRAINT preschool_roster_number CHECK ((identity_type = 'Z') = (identity_number IS NULL)),
  -- Matched means an archive, and only that (PRE-004…006).
  ADD CONSTRAINT preschool_roster_match CHECK (match_status IN ('1', '2', '3') AND (match_status = '1') = (archive_id IS NOT NULL));

-- 2. Unique truths. PRE-002: one identity number once in the nation's rosters. An archive is known by its document, else by child and kindergarten.
CREATE UNIQUE INDEX preschool_roster_identity ON preschool_roster (identity_number, identity_type) WHERE identity_number IS NOT NULL;
CREATE UNIQUE INDEX preschool_archive_identity ON preschool_archive (identity_number, identity_type) WHERE identity_number IS NOT NULL;
CREATE UNIQUE INDEX preschool_archive_undocumented ON preschool_archive (name, birth_date, gender, kindergarten_name) WHERE identity_number IS NULL;

-- 3. The second join of the matching (the first is the unique index above); lists by state; 学籍注册状态 of children without a document, who claim no number.
CREATE INDEX preschool_archive_person ON preschool_archive (name, birth_date, gender);
CREATE INDEX preschool_roster_match_list ON preschool_roster (org_path, match_status, id);
CREATE INDEX review_item_undocumented ON review_item (org_path, student_name, birth_date) WHERE identity_type = 'Z';

-- 4. A school's roster lies in the scope layer; archives are the nation's, reached through the lines of one's own roster alone.
ALTER TABLE preschool_roster ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON preschool_roster USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));
