-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "uploader" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "item_id" UUID,
    "round" SMALLINT,
    "step" SMALLINT,
    "filed_at" TIMESTAMPTZ(3),
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "evidence_org_path_id_idx" ON "evidence"("org_path", "id");

-- CreateIndex
CREATE INDEX "evidence_item_id_idx" ON "evidence"("item_id");

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Paths compare by bytes (architecture §4).
ALTER TABLE evidence ALTER COLUMN org_path TYPE text COLLATE "C";

ALTER TABLE evidence
  -- SEC-011, fields 1.8.
  ADD CONSTRAINT evidence_kind CHECK (kind IN ('jpeg', 'png')),
  ADD CONSTRAINT evidence_sizes CHECK (size > 0 AND width > 0 AND height > 0),
  -- Filed whole or not at all, and nothing filed goes.
  ADD CONSTRAINT evidence_filed CHECK (num_nulls(item_id, round, step, filed_at) IN (0, 4) AND (item_id IS NULL OR gone_at IS NULL));
-- What waits to be filed, by age; what is to be removed.
CREATE INDEX evidence_unfiled ON evidence (created_at) WHERE item_id IS NULL AND gone_at IS NULL;
CREATE INDEX evidence_gone ON evidence (gone_at) WHERE gone_at IS NOT NULL;

ALTER TABLE evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON evidence USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));

-- What was filed with an item is part of its history: nobody puts another picture in its place.
CREATE FUNCTION refuse_change_of_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.item_id IS NOT NULL THEN
    RAISE EXCEPTION 'evidence % is filed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER evidence_filed_stays BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_change_of_filed();
