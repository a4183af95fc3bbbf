-- CreateTable
CREATE TABLE "student_photo" (
    "id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "account_id" UUID NOT NULL,
    "uploader" TEXT NOT NULL,
    "package_id" UUID,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3),
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "student_photo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "photo_package" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "target" TEXT NOT NULL,
    "target_id" UUID,
    "target_name" TEXT NOT NULL,
    "file_id" UUID,
    "file_name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "failure" TEXT,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "photo_package_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "photo_package_file" (
    "package_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "org_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fault" TEXT,
    "student_id" UUID,
    "student_name" TEXT,
    "class_name" TEXT,

    CONSTRAINT "photo_package_file_pkey" PRIMARY KEY ("package_id","position")
);

-- CreateIndex
CREATE INDEX "student_photo_student_id_idx" ON "student_photo"("student_id");

-- CreateIndex
CREATE INDEX "student_photo_org_path_id_idx" ON "student_photo"("org_path", "id");

-- CreateIndex
CREATE INDEX "photo_package_org_path_id_idx" ON "photo_package"("org_path", "id");

-- AddForeignKey
ALTER TABLE "student_photo" ADD CONSTRAINT "student_photo_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "student"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo_package_file" ADD CONSTRAINT "photo_package_file_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "photo_package"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Paths compare by bytes (architecture §4).
ALTER TABLE student_photo ALTER COLUMN org_path TYPE text COLLATE "C";
ALTER TABLE photo_package ALTER COLUMN org_path TYPE text COLLATE "C";
ALTER TABLE photo_package_file ALTER COLUMN org_path TYPE text COLLATE "C";

ALTER TABLE student_photo
  -- PHO-004.
  ADD CONSTRAINT student_photo_size CHECK (size > 0 AND size < 61440),
  ADD CONSTRAINT student_photo_gone CHECK (gone_at IS NULL OR replaced_at IS NOT NULL);
-- One photograph of a child stands.
CREATE UNIQUE INDEX student_photo_stands ON student_photo (student_id) WHERE replaced_at IS NULL;
CREATE INDEX student_photo_to_remove ON student_photo (gone_at) WHERE gone_at IS NOT NULL;

ALTER TABLE photo_package
  ADD CONSTRAINT photo_package_status CHECK (status IN ('pending', 'running', 'done', 'failed')),
  ADD CONSTRAINT photo_package_target CHECK (target IN ('class', 'grade', 'school') AND (target = 'school') = (target_id IS NULL)),
  ADD CONSTRAINT photo_package_counts CHECK (stored <= done AND done <= total AND (status <> 'done' OR done = total));
CREATE INDEX photo_package_unfinished ON photo_package (id) WHERE status IN ('pending', 'running');

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['student_photo', 'photo_package', 'photo_package_file'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY scope ON %I USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'))$p$, t);
  END LOOP;
END $$;

-- A child's photographs go where the child goes.
CREATE FUNCTION move_photos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE student_photo SET org_path = NEW.org_path WHERE student_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER student_moves_photos AFTER UPDATE OF org_path ON student FOR EACH ROW
  WHEN (OLD.org_path IS DISTINCT FROM NEW.org_path) EXECUTE FUNCTION move_photos();
