-- CreateTable
CREATE TABLE "vocational_roster_line" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gender" CHAR(1) NOT NULL,
    "birth_date" DATE NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "student_number" TEXT,
    "match_status" CHAR(1) NOT NULL,
    "student_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "item_id" UUID,
    "despite_admission" BOOLEAN NOT NULL DEFAULT false,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "import_file_name" TEXT,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "vocational_roster_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vocational_request" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "student_id" UUID,
    "item_id" UUID,
    "stage" SMALLINT,
    "admitted" BOOLEAN NOT NULL DEFAULT false,
    "school_name" TEXT NOT NULL,
    "school_code" CHAR(10) NOT NULL,
    "region_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,

    CONSTRAINT "vocational_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "vocational_roster_line_org_path_id_idx" ON "vocational_roster_line"("org_path", "id");

-- CreateIndex
CREATE INDEX "vocational_line_match_list" ON "vocational_roster_line"("org_path", "match_status", "id");

-- CreateIndex
CREATE INDEX "vocational_request_org_path_id_idx" ON "vocational_request"("org_path", "id");

-- What the schema cannot say.
ALTER TABLE vocational_roster_line
  ALTER COLUMN org_path TYPE text COLLATE "C",
  ALTER COLUMN identity_number TYPE text COLLATE "C",
  ALTER COLUMN student_number TYPE text COLLATE "C";
ALTER TABLE vocational_request ALTER COLUMN org_path TYPE text COLLATE "C";

-- 1. Closed lists and shapes.
ALTER TABLE vocational_roster_line
  ADD CONSTRAINT vocational_line_gender CHECK (gender IN ('1', '2')),
  -- IDN-011: no number without a document, and none with one.
  ADD CONSTRAINT vocational_line_number CHECK ((identity_type = 'Z') = (identity_number IS NULL)),
  -- Matched means a record, and only that (PRE-004…006).
  ADD CONSTRAINT vocational_line_match CHECK (match_status IN ('1', '2', '3') AND (match_status = '1') = (student_id IS NOT NULL)),
  ADD CONSTRAINT vocational_line_state CHECK (state IN ('open', 'continued', 'stopped')),
  ADD CONSTRAINT vocational_line_decided CHECK ((state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  -- PRE-019: what was continued is a record, or ended a registration; an unsure line is never decided.
  ADD CONSTRAINT vocational_line_object CHECK (state <> 'continued' OR student_id IS NOT NULL OR item_id IS NOT NULL),
  ADD CONSTRAINT vocational_line_sure CHECK (state = 'open' OR match_status <> '2'),
  ADD CONSTRAINT vocational_line_item CHECK (item_id IS NULL OR (state = 'continued' AND student_id IS NULL AND despite_admission));
ALTER TABLE vocational_request
  ADD CONSTRAINT vocational_request_state CHECK (state IN ('asked', 'continued', 'stopped', 'withdrawn')),
  ADD CONSTRAINT vocational_request_stage CHECK (stage BETWEEN 1 AND 3),
  ADD CONSTRAINT vocational_request_child CHECK (student_id IS NOT NULL OR item_id IS NOT NULL),
  ADD CONSTRAINT vocational_request_decided CHECK ((state = 'asked') = (decided_at IS NULL)),
  ADD CONSTRAINT vocational_request_acknowledged CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (acknowledged_at IS NULL OR state = 'continued'));

-- 2. Unique truths. One number once on a school's list, unless its registration was stopped; a child is continued once in the nation.
CREATE UNIQUE INDEX vocational_line_identity ON vocational_roster_line (org_id, identity_number, identity_type)
  WHERE identity_number IS NOT NULL AND state <> 'stopped';
-- A line asks for one child at a time.
CREATE UNIQUE INDEX vocational_request_line ON vocational_request (line_id) WHERE state <> 'withdrawn';
CREATE UNIQUE INDEX vocational_line_continued_once ON vocational_roster_line (student_id) WHERE state = 'continued';

-- 3. What awaits a senior school's 知悉.
CREATE INDEX vocational_request_unread ON vocational_request (org_path) WHERE state = 'continued' AND acknowledged_at IS NULL;

-- 4. The list lies in the range of the vocational school, what others may know of it in the range of the child's school.
ALTER TABLE vocational_roster_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON vocational_roster_line USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));
ALTER TABLE vocational_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON vocational_request USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

-- 5. 中职学籍管理员.
ALTER TABLE role_grant DROP CONSTRAINT role_grant_role;
ALTER TABLE role_grant ADD CONSTRAINT role_grant_role CHECK (role IN ('schoolRegistrar', 'schoolLeader', 'homeroomTeacher', 'newcomerClerk', 'vocationalRegistrar',
  'countyRegistrar', 'cityRegistrar', 'provinceRegistrar', 'ministryRegistrar', 'systemAdministrator', 'dataAdministrator'));
