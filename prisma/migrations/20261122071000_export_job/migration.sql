-- CreateTable
CREATE TABLE "export_job" (
    "id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "actor" JSONB NOT NULL,
    "authoriser_id" UUID NOT NULL,
    "authoriser_name" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "conditions_text" TEXT NOT NULL,
    "columns" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'pending',
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "file_id" UUID,
    "file_name" TEXT NOT NULL,
    "size" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "request_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "export_job_org_path_id_idx" ON "export_job"("org_path", "id");

-- Paths compare by bytes (architecture §4).
ALTER TABLE export_job ALTER COLUMN org_path TYPE text COLLATE "C";

ALTER TABLE export_job
  ADD CONSTRAINT export_job_status CHECK (status IN ('pending', 'running', 'ready', 'failed', 'cancelled', 'expired')),
  -- EXP-001: authorised by another person than the one who asks.
  ADD CONSTRAINT export_job_two_people CHECK (authoriser_id <> account_id),
  -- EXP-002: columns were chosen.
  ADD CONSTRAINT export_job_columns CHECK (columns IS NOT NULL AND cardinality(columns) > 0),
  ADD CONSTRAINT export_job_ready CHECK (status <> 'ready' OR (file_id IS NOT NULL AND size IS NOT NULL AND done = total AND expires_at IS NOT NULL)),
  ADD CONSTRAINT export_job_failure CHECK ((status = 'failed') = (failure IS NOT NULL));
CREATE INDEX export_job_unfinished ON export_job (id) WHERE status IN ('pending', 'running');
CREATE INDEX export_job_files ON export_job (id) WHERE file_id IS NOT NULL;

ALTER TABLE export_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON export_job USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));
